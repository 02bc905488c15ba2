import BiomatchTestSupport
import Foundation
import Testing

/// The library of `Tests/FaultLayer`, which stands between a process and its files.
enum FaultLayer {
  /// Why tests with it are skipped.
  static let missing: Comment = "needs Linux, and cc or clang to compile Tests/FaultLayer"

  /// The compiled library; `nil` where it cannot be.
  static let library: String? = {
    #if os(Linux)
      let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "FaultLayer/fault_layer.c")
      let target = FileManager.default.temporaryDirectory
        .appending(path: "biomatch-fault-layer-\(getpid()).so").path(percentEncoded: false)
      for compiler in ["cc", "clang"] where compiles(compiler, source.path, to: target) {
        return target
      }
    #endif
    return nil
  }()

  /// The variables with which a process runs above the layer.
  static func environment(_ settings: [String: String]) -> [String: String] {
    var environment = ["LD_PRELOAD": library ?? ""]
    for (name, value) in settings { environment["FAULT_LAYER_" + name] = value }
    return environment
  }

  private static func compiles(_ compiler: String, _ source: String, to target: String) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      compiler, "-std=gnu11", "-O1", "-fPIC", "-shared", "-Wall", "-Wextra", "-Werror",
      source, "-o", target, "-ldl", "-lpthread",
    ]
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
