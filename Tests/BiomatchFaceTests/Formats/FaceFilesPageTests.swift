import BiomatchFace
import BiomatchTestSupport
import Foundation
import Testing

@Suite("The page on files of face vectors")
struct FaceFilesPageTests {
  private func page() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appending(path: "docs/formats/face-vectors.md"),
      encoding: .utf8
    )
  }

  @Test("every rule of .npy headers has a row", arguments: NPYRule.allCases)
  func headerRules(_ rule: NPYRule) throws {
    let error = FaceVectorFileError.npy(rule, path: "a.npy", offset: 10, found: nil)
    #expect(try page().contains("\n| `\(error.code)` |"))
    #expect(!error.rule.isEmpty && !error.remedy.isEmpty)
  }

  @Test(
    "every other error has a row",
    arguments: [
      FaceVectorFileError.unknownFormat(path: "a"),
      .length(path: "a", expected: 1, found: nil), .rawLength(path: "a", dimension: 64, found: 1),
      .noRows(path: "a"), .notANumber(at: ErrorLocation(), found: "x"),
      .vector(.dimension(1), at: ErrorLocation()),
      .vector(.notFinite(row: 0, column: 0), at: ErrorLocation()),
      .vector(.zeroNorm(row: 0), at: ErrorLocation()), .overflow(at: ErrorLocation()),
      .otherDimension(at: ErrorLocation(), expected: 64, found: 65),
      .missingRow(path: "a", row: 1), .passedRow(path: "a", row: 1),
      .identifier(.empty(.subject), at: ErrorLocation()),
      .identifier(.tooLong(.subject, bytes: 65), at: ErrorLocation()),
      .identifier(.notUTF8(.subject), at: ErrorLocation()),
      .identifier(.nul(.subject, offset: 0), at: ErrorLocation()),
    ]
  )
  func rules(_ error: FaceVectorFileError) throws {
    #expect(try page().contains("\n| `\(error.code)` |"))
    #expect(!error.rule.isEmpty && !error.remedy.isEmpty)
  }

  @Test(
    "every error of a list of identifiers has a row",
    arguments: [
      IdentifierListError.lineTooLong(at: ErrorLocation(), limit: 1),
      .carriageReturn(at: ErrorLocation()),
      .duplicate(at: ErrorLocation(), identifier: "a", firstEntry: 0),
      .count(path: "a", kind: .subject, expected: 1, found: 2),
    ]
  )
  func listRules(_ error: IdentifierListError) throws {
    #expect(try page().contains("\n| `\(error.code)` |"))
  }
}
