// swift-tools-version: 6.2
import PackageDescription

// A package of its own, because libFuzzer needs compiler flags that a package which others depend
// on must not have. `Fuzz/run` builds and runs it.
let package = Package(
  name: "biomatch-fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "biomatch", path: "..")],
  targets: [
    .executableTarget(
      name: "BiomatchFuzz",
      dependencies: [
        .product(name: "BiomatchCore", package: "biomatch"),
        .product(name: "BiomatchCrypto", package: "biomatch"),
        .product(name: "BiomatchFingerprint", package: "biomatch"),
        .product(name: "BiomatchFace", package: "biomatch"),
        .product(name: "BiomatchLinkage", package: "biomatch"),
      ],
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]
    )
  ],
  swiftLanguageModes: [.v6]
)
