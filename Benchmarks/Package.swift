// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "biomatch-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "biomatch", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "Fingerprints",
      dependencies: [
        .product(name: "BiomatchCore", package: "biomatch"),
        .product(name: "BiomatchFingerprint", package: "biomatch"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Fingerprints",
      swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")],
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
    ),
    .executableTarget(
      name: "FaceFiles",
      dependencies: [
        .product(name: "BiomatchCore", package: "biomatch"),
        .product(name: "BiomatchFace", package: "biomatch"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/FaceFiles",
      swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")],
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
    ),
    .executableTarget(
      name: "FaceRotations",
      dependencies: [
        .product(name: "BiomatchCore", package: "biomatch"),
        .product(name: "BiomatchCrypto", package: "biomatch"),
        .product(name: "BiomatchFace", package: "biomatch"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/FaceRotations",
      swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")],
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
    ),
    .executableTarget(
      name: "Crypto",
      dependencies: [
        .product(name: "BiomatchCrypto", package: "biomatch"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Crypto",
      swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")],
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
    ),
    .executableTarget(
      name: "Linkage",
      dependencies: [
        .product(name: "BiomatchCore", package: "biomatch"),
        .product(name: "BiomatchLinkage", package: "biomatch"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Linkage",
      swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")],
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
    ),
  ],
  swiftLanguageModes: [.v6]
)
