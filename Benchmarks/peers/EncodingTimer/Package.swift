// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "encoding-timer",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "biomatch", path: "../../..")],
  targets: [
    .executableTarget(
      name: "encoding-timer",
      dependencies: [
        .product(name: "BiomatchCore", package: "biomatch"),
        .product(name: "BiomatchCrypto", package: "biomatch"),
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
