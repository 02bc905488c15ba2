import BiomatchFingerprint
import Foundation
import Testing

@Suite("The page on minutiae records")
struct FormatPageTests {
  private func page() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appending(path: "docs/formats/minutiae-records.md"),
      encoding: .utf8
    )
  }

  @Test("every rule has a row", arguments: MinutiaeRule.allCases)
  func rules(_ rule: MinutiaeRule) throws {
    #expect(try page().contains("\n| `\(rule.rawValue)` |"))
  }

  @Test("every kind of loss has a row", arguments: ConversionLoss.Kind.allCases)
  func losses(_ kind: ConversionLoss.Kind) throws {
    #expect(try page().contains("\n| `\(kind.rawValue)` |"))
  }

  @Test("every format has a row", arguments: MinutiaeFormat.allCases)
  func formats(_ format: MinutiaeFormat) throws {
    #expect(try page().contains("\n| `\(format.rawValue)` |"))
  }

  @Test("the record that is taken apart is the golden one")
  func example() throws {
    let lines = try page().split(separator: "\n").filter {
      $0.first == " " && $0.split(separator: " ").first.flatMap { Int($0) } != nil
    }
    var bytes: [UInt8] = []
    for line in lines {
      let words = line.split(separator: " ")
      #expect(words.first == "\(bytes.count)", "\(line)")
      bytes += words.dropFirst().prefix { $0.count == 2 && UInt8($0, radix: 16) != nil }
        .compactMap { UInt8($0, radix: 16) }
    }
    #expect(bytes == (try GoldenRecord.bytes(of: .iso2005)))
  }

  @Test("the impression types of a format are those of its column", arguments: 0..<256)
  func impressionTypes(code: Int) throws {
    let columns: [[MinutiaeFormat]] = [
      [.iso2005], [.ansi2004], [.ansi2009, .ansi2009am1], [.iso2011],
    ]
    let rows = try page().components(separatedBy: "| impression type | `iso-2005`")[1]
      .components(separatedBy: "\n\n")[0].split(separator: "\n").dropFirst(2)
    for (index, formats) in columns.enumerated() {
      let codes = rows.flatMap { row in
        Self.codes(String(row.split(separator: "|", omittingEmptySubsequences: false)[index + 2]))
      }
      // The model's 24 is written as 9 in 2004.
      for format in formats where format != .ansi2004 || code != 24 {
        let view = FingerView(
          impressionType: format == .ansi2004 && code == 9 ? 24 : UInt8(code),
          quality: 1,
          width: 10,
          height: 10,
          minutiae: [],
          ridgeEndingType: format == .iso2011 ? .ridgeSkeletonEndpoint : nil
        )
        let losses = try MinutiaeEncoder(format: format).encode(MinutiaeRecord(views: [view]))
          .losses
        #expect(
          losses.isEmpty == codes.contains(code),
          "\(format.rawValue), code \(code): \(losses)"
        )
      }
    }
  }

  /// The numbers of a cell: `0, 1` or `4...7`.
  private static func codes(_ cell: String) -> [Int] {
    cell.split(separator: ",").flatMap { part -> [Int] in
      let ends = part.components(separatedBy: "...").compactMap {
        Int($0.trimmingCharacters(in: .whitespaces))
      }
      guard let first = ends.first, let last = ends.last else { return [] }
      return Array(first...last)
    }
  }
}
