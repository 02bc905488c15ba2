// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "codes-timer",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "biomatch", path: "../../..")],
  targets: [
    .executableTarget(
      name: "codes-timer",
      dependencies: [
        .product(name: "BiomatchCore", package: "biomatch"),
        .product(name: "BiomatchLinkage", package: "biomatch"),
      ],
      path: "Sources",
      swiftSettings: [
        .treatAllWarnings(as: .error), .enableUpcomingFeature("MemberImportVisibility"),
      ]
    )
  ],
  swiftLanguageModes: [.v6]
)
