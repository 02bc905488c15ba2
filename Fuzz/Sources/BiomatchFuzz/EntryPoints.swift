import Foundation

// One executable holds every target, so that everything is built and linked once; the environment
// variable BIOMATCH_FUZZ_TARGET chooses one.

/// The program's entry point under the name that the package manager links it by.
@_cdecl("BiomatchFuzz_main")
public func fuzzMain(
  _ count: CInt,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  var count = count
  var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = arguments
  return runDriver(&count, &arguments, fuzzerTestOneInput)
}

/// libFuzzer's own main function (`LLVMFuzzerRunDriver` of its documentation).
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Checks the choice before the first input.
@_cdecl("LLVMFuzzerInitialize")
public func fuzzerInitialize(
  _ count: UnsafeMutablePointer<CInt>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
  _ = chosen
  return 0
}

/// Feeds one input to the chosen target.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzerTestOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  chosen.run([UInt8](UnsafeBufferPointer(start: start, count: count)))
  return 0
}

private let chosen: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["BIOMATCH_FUZZ_TARGET"] ?? ""
  if let target = FuzzTarget.all.first(where: { $0.name == name }) { return target }
  let names = FuzzTarget.all.map(\.name).joined(separator: "\n")
  if name == "list" {
    print(names)
    exit(0)
  }
  print("BIOMATCH_FUZZ_TARGET must name one of these targets:\n\(names)")
  exit(64)
}()
