// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "gallery-enrolment",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "biomatch", path: "../..")],
  targets: [
    .executableTarget(
      name: "gallery-enrolment",
      dependencies: [
        .product(name: "BiomatchCore", package: "biomatch"),
        .product(name: "BiomatchFace", package: "biomatch"),
        .product(name: "BiomatchFingerprint", package: "biomatch"),
        .product(name: "BiomatchGallery", package: "biomatch"),
      ],
      path: "Sources",
      swiftSettings: [
        .treatAllWarnings(as: .error), .enableUpcomingFeature("MemberImportVisibility"),
      ]
    )
  ],
  swiftLanguageModes: [.v6]
)
