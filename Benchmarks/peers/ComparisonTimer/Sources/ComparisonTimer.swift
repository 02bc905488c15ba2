import BiomatchCore
import BiomatchFingerprint
import Foundation

/// Times comparisons on request, so that a script can take turns between matchers.
///
///     comparison-timer PROBES REFERENCES
///
/// Both are files with the path of a template on each line. Writes the SIMD level and the digest of
/// the matcher's parameters in one line; then, for each line read, a number of passes, it compares
/// every probe with every reference so many times and writes seconds and the sum of the scores.
@main
struct ComparisonTimer {
  static func main() throws {
    guard CommandLine.arguments.count == 3 else {
      FileHandle.standardError.write(Data("comparison-timer PROBES REFERENCES\n".utf8))
      exit(64)
    }
    let matcher = FingerprintMatcher()
    let probes = try templates(CommandLine.arguments[1])
    let references = try templates(CommandLine.arguments[2]).map(matcher.describe)
    answer("\(matcher.simd.rawValue) \(matcher.digest)")

    while let line = readLine(), let passes = Int(line) {
      var sum = 0.0
      let time = try ContinuousClock().measure {
        for _ in 0..<passes { sum += try pass(matcher, probes, references) }
      }
      answer("\(time / .seconds(1)) \(sum)")
    }
  }

  private static func pass(
    _ matcher: FingerprintMatcher,
    _ probes: [FingerprintTemplate],
    _ references: [FingerprintDescriptors]
  ) throws -> Double {
    var sum = 0.0
    for probe in probes {
      let prepared = matcher.prepare(probe)
      for reference in references { sum += Double(try matcher.score(prepared, reference).value) }
    }
    return sum
  }

  private static func templates(_ list: String) throws -> [FingerprintTemplate] {
    let decoder = MinutiaeDecoder(strictness: .lenient)
    return try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n").map { path in
      let bytes = try Data(contentsOf: URL(fileURLWithPath: String(path)))
      let record = try decoder.decode([UInt8](bytes), file: String(path)).record
      guard let view = record.views.first else { throw CocoaError(.fileReadCorruptFile) }
      return try FingerprintTemplate(view: view)
    }
  }

  /// Not `print`, whose buffer would keep the answer from a script that waits for it.
  private static func answer(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}
