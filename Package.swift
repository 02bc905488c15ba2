// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "biomatch",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Biomatch", targets: ["Biomatch"]),
    .library(name: "BiomatchCore", targets: ["BiomatchCore"]),
    .library(name: "BiomatchCrypto", targets: ["BiomatchCrypto"]),
    .library(name: "BiomatchFingerprint", targets: ["BiomatchFingerprint"]),
    .library(name: "BiomatchFace", targets: ["BiomatchFace"]),
    .library(name: "BiomatchLinkage", targets: ["BiomatchLinkage"]),
    .library(name: "BiomatchEvaluation", targets: ["BiomatchEvaluation"]),
    .library(name: "BiomatchGallery", targets: ["BiomatchGallery"]),
    .executable(name: "biomatch", targets: ["BiomatchCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
  ],
  targets: [
    .target(name: "CBiomatchKernels", cSettings: [.treatAllWarnings(as: .error)]),
    .target(name: "BiomatchCore", dependencies: ["CBiomatchKernels"], swiftSettings: strict),
    .systemLibrary(
      name: "COpenSSL",
      pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
    ),
    .target(
      name: "BiomatchCrypto",
      dependencies: ["BiomatchCore", "COpenSSL"],
      swiftSettings: strict
    ),
    .target(
      name: "BiomatchFingerprint",
      dependencies: ["BiomatchCore", "CBiomatchKernels"],
      swiftSettings: strict
    ),
    .target(
      name: "BiomatchFace",
      dependencies: ["BiomatchCore", "BiomatchCrypto", "CBiomatchKernels"],
      swiftSettings: strict
    ),
    .target(
      name: "BiomatchLinkage",
      dependencies: ["BiomatchCore", "BiomatchCrypto", "CBiomatchKernels"],
      swiftSettings: strict
    ),
    .target(name: "BiomatchEvaluation", dependencies: ["BiomatchCore"], swiftSettings: strict),
    .target(
      name: "BiomatchGallery",
      dependencies: [
        "BiomatchCore", "BiomatchCrypto", "BiomatchFingerprint", "BiomatchFace",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Metrics", package: "swift-metrics"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Biomatch",
      dependencies: [
        "BiomatchCore", "BiomatchCrypto", "BiomatchFingerprint", "BiomatchFace",
        "BiomatchLinkage", "BiomatchEvaluation", "BiomatchGallery",
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "BiomatchCLI",
      dependencies: [
        "Biomatch",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "BiomatchTestSupport",
      dependencies: ["BiomatchCore", "BiomatchFingerprint", "BiomatchFace"],
      swiftSettings: strict
    ),
    .target(
      name: "TestVectors",
      path: "TestVectors",
      resources: [.copy("Vectors")],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BiomatchCoreTests",
      dependencies: ["BiomatchCore", "BiomatchTestSupport", "TestVectors"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BiomatchCryptoTests",
      dependencies: ["BiomatchCrypto", "BiomatchTestSupport", "TestVectors"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BiomatchFingerprintTests",
      dependencies: [
        "BiomatchFingerprint", "BiomatchCrypto", "BiomatchEvaluation", "BiomatchTestSupport",
        "TestVectors",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BiomatchFaceTests",
      dependencies: ["BiomatchFace", "BiomatchEvaluation", "BiomatchTestSupport", "TestVectors"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BiomatchLinkageTests",
      dependencies: [
        "BiomatchLinkage", "BiomatchCrypto", "BiomatchTestSupport", "TestVectors",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BiomatchEvaluationTests",
      dependencies: ["BiomatchEvaluation", "BiomatchTestSupport"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BiomatchGalleryTests",
      dependencies: [
        "BiomatchGallery", "BiomatchTestSupport", "TestVectors",
        .product(name: "MetricsTestKit", package: "swift-metrics"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "GalleryFaults",
      dependencies: ["BiomatchGallery", "BiomatchTestSupport"],
      path: "Tests/GalleryFaults",
      swiftSettings: strict
    ),
    .testTarget(
      name: "BiomatchGalleryFaultTests",
      dependencies: ["BiomatchGallery", "GalleryFaults", "BiomatchTestSupport"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BiomatchCLITests",
      dependencies: ["BiomatchCLI", "BiomatchCore", "BiomatchGallery", "BiomatchTestSupport"],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11
)

// The libraries and their tests alone, for builds under a sanitizer, which take long.
if Context.environment["BIOMATCH_LIBRARIES_ONLY"] != nil {
  let others = ["BiomatchCLI", "BiomatchCLITests", "GalleryFaults", "BiomatchGalleryFaultTests"]
  package.targets.removeAll { others.contains($0.name) }
  package.products.removeAll { $0.name == "biomatch" }
}
