import BiomatchCore
import BiomatchLinkage
import Foundation

/// Times comparisons of codes on request, so that a script can take turns between systems.
///
///     codes-timer FIRST SECOND
///
/// Reads two files of codes, then lines such as `list 0.8` or `count 0.8`. For each it compares all pairs on
/// one thread and writes the seconds that took and how many candidates there are.
@main
struct CodesTimer {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else {
      FileHandle.standardError.write(Data("codes-timer FIRST SECOND\n".utf8))
      exit(64)
    }
    let (a, b) = (try Codes(file: arguments[1]), try Codes(file: arguments[2]))
    while let line = readLine() {
      let words = line.split(separator: " ")
      guard words.count == 2, let threshold = Double(words[1]) else {
        throw CocoaError(.formatting)
      }
      var options = CodeComparisonOptions(threshold: try DiceThreshold(threshold))
      options.allowsUnknownSchema = true
      options.threads = 1
      var count = 0
      let time = try ContinuousClock().measure {
        let comparison = try CodeComparison(a, b, options)
        if words[0] == "count" {
          count = comparison.candidateCount()
        } else {
          comparison.forEachBatchBlocking { count += $0.count }
        }
      }
      // Not `print`, whose buffer would keep the answer from a script that waits for it.
      FileHandle.standardOutput.write(Data("\(time / .seconds(1)) \(count)\n".utf8))
    }
  }
}
