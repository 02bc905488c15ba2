// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "face-search-timer",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "biomatch", path: "../../..")],
  targets: [
    .executableTarget(
      name: "face-search-timer",
      dependencies: [
        .product(name: "BiomatchCore", package: "biomatch"),
        .product(name: "BiomatchFace", package: "biomatch"),
      ],
      path: "Sources",
      swiftSettings: [
        .treatAllWarnings(as: .error), .enableUpcomingFeature("MemberImportVisibility"),
      ]
    )
  ],
  swiftLanguageModes: [.v6]
)
