// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "comparison-timer",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "biomatch", path: "../../..")],
  targets: [
    .executableTarget(
      name: "comparison-timer",
      dependencies: [
        .product(name: "BiomatchCore", package: "biomatch"),
        .product(name: "BiomatchFingerprint", package: "biomatch"),
      ],
      path: "Sources",
      swiftSettings: [
        .treatAllWarnings(as: .error), .enableUpcomingFeature("MemberImportVisibility"),
      ]
    )
  ],
  swiftLanguageModes: [.v6]
)
