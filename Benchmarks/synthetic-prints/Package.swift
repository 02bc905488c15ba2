// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "synthetic-prints",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "biomatch", path: "../..")],
  targets: [
    .executableTarget(
      name: "synthetic-prints",
      dependencies: [
        .product(name: "BiomatchCore", package: "biomatch"),
        .product(name: "BiomatchEvaluation", package: "biomatch"),
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
