// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "synthetic-faces",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "biomatch", path: "../..")],
  targets: [
    .executableTarget(
      name: "synthetic-faces",
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
