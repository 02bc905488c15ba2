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
}
