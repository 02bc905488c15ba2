import BiomatchFace
import BiomatchTestSupport
import Foundation
import Testing

@Suite("Face vectors in CSV")
struct FaceVectorCSVTests {
  private static let numbers = (1...64).map { "\($0)" }
  private static let values = (1...64).map(Float.init)

  private static func line(_ change: (inout [String]) -> Void = { _ in }) -> String {
    var fields = numbers
    change(&fields)
    return fields.joined(separator: ",")
  }

  /// All rows of a text, and their identifiers.
  private static func read(
    _ text: String,
    _ options: FaceVectorCSVOptions = FaceVectorCSVOptions(),
    batch: Int = 2
  ) throws -> (values: [Float], references: [String]?, subjects: [String]?) {
    let directory = try TemporaryDirectory()
    let path = directory.file("a.csv")
    try FileBytes.write(Array(text.utf8), to: path, durably: false)
    var reader = try FaceVectorReader(path, format: .csv(options))
    #expect(reader.dimension == 64)
    var values: [Float] = []
    var references: [String]?
    var subjects: [String]?
    while let rows = try reader.next(batch) {
      values += rows.vectors.values
      if let found = rows.references { references = (references ?? []) + found.map(\.string) }
      if let found = rows.subjects { subjects = (subjects ?? []) + found.map(\.string) }
    }
    return (values, references, subjects)
  }

  private static func failure(
    _ text: String,
    _ options: FaceVectorCSVOptions = FaceVectorCSVOptions()
  ) throws -> FaceVectorFileError? {
    try VectorFiles.failure(of: Array(text.utf8), name: "a.csv", format: .csv(options))
  }

  @Test(
    "a row is read in every way of writing the same",
    arguments: ["", "\n", "\r\n"],
    ["", "\u{FEFF}"]
  )
  func spellings(end: String, mark: String) throws {
    let row = Self.line {
      $0.replaceSubrange(0..<6, with: ["1.", " +2 ", "\"3\"", "4e0", "500E-02", "0.06e+2"])
    }
    #expect(try Self.read(mark + row + end).values == Self.values)
    #expect(try Self.read(mark + row + (end.isEmpty ? "\n" : end) + row + end).values.count == 128)
  }

  @Test("a header is told from a vector")
  func header() throws {
    let names = (0..<64).map { "v\($0)" }.joined(separator: ",")
    let numbers = (0..<64).map { "\($0)" }.joined(separator: ",")
    let row = Self.line()
    for header in [names, numbers] {
      #expect(try Self.read("\(header)\n\(row)\n").values == Self.values, "\(header)")
      let present = FaceVectorCSVOptions(header: .present)
      #expect(try Self.read("\(header)\n\(row)\n", present).values == Self.values, "\(header)")
    }
    let absent = FaceVectorCSVOptions(header: .absent)
    #expect(try Self.read("\(numbers)\n\(row)\n", absent).values.count == 128)
    #expect(try Self.failure("\(names)\n\(row)\n", absent)?.code == "face.csv.number")
    #expect(try Self.read("\(names)\n").values == [])
  }

  @Test("a first row of numbers and words is an error, not a header")
  func ambiguousHeader() throws {
    let error = try Self.failure(Self.line { $0[63] = "x" } + "\n" + Self.line())
    #expect(error?.code == "face.csv.number")
    #expect(error?.location.line == 1)
    #expect(error?.location.field == "row 0, value 63")
  }

  @Test("columns of identifiers are found by name, wherever they are")
  func identifiers() throws {
    let names = (0..<64).map { "v\($0)" }
    for (first, second) in [(0, 1), (0, 64), (64, 64), (30, 7)] {
      func row(_ a: String, _ b: String, _ fields: [String]) -> String {
        var fields = fields
        fields.insert(a, at: first)
        fields.insert(b, at: second)
        return fields.joined(separator: ",")
      }
      let text = [
        row("reference", "subject", names), row("r 1", "é", Self.numbers),
        row("2", "é", Self.numbers), row("3", "4", Self.numbers),
      ].joined(separator: "\n")
      let found = try Self.read(text)
      #expect(found.values == Self.values + Self.values + Self.values)
      #expect(found.references == ["r 1", "2", "3"])
      #expect(found.subjects == ["é", "é", "4"])
      let renamed = text.replacingOccurrences(of: "reference", with: "id")
        .replacingOccurrences(of: "subject", with: "label")
      let options = FaceVectorCSVOptions(referenceColumn: "id", subjectColumn: "label")
      let again = try Self.read(renamed, options)
      #expect(again == found)
      let bad = text.replacingOccurrences(of: ",64", with: ",x")
      let place = try Self.failure(bad)?.location
      #expect(place?.field == "row 0, value 63")
      #expect(place?.line == 2)
      let empty = try Self.failure(text.replacingOccurrences(of: "r 1", with: ""))
      #expect(empty?.code == "identifier.empty")
      #expect(empty?.location.line == 2)
    }
  }

  @Test("a column that is named must be there, once")
  func columns() throws {
    let header = (0..<64).map { "v\($0)" }.joined(separator: ",")
    let text = "\(header)\n\(Self.line())\n"
    let options = FaceVectorCSVOptions(subjectColumn: "label")
    #expect(try Self.failure(text, options)?.code == "csv.missing-column")
    #expect(
      try Self.failure("label,label,\(header)\n1,2,\(Self.line())", options)?.code
        == "csv.duplicate-column"
    )
  }

  @Test(
    "what is no number, or none that a vector has, is an error with line, column and row",
    arguments: [
      ("x", "face.csv.number"), ("", "face.csv.number"), ("1.2.3", "face.csv.number"),
      ("0x10", "face.csv.number"), ("1e", "face.csv.number"), ("--1", "face.csv.number"),
      ("1 2", "face.csv.number"), ("1;2", "face.csv.number"), ("١", "face.csv.number"),
      ("nan", "face.not-finite"), ("-NaN", "face.not-finite"), ("inf", "face.not-finite"),
      ("-Infinity", "face.not-finite"), ("3.5e38", "face.overflow"), ("-1e99", "face.overflow"),
    ]
  )
  func values(_ field: String, code: String) throws {
    let text = Self.line() + "\n\n" + Self.line { $0[2] = field } + "\n"
    let error = try Self.failure(text)
    #expect(error?.code == code, "\(String(describing: error))")
    #expect(error?.location.line == 3)
    #expect(error?.location.column == 5)
    #expect(error?.location.field == "row 1, value 2")
  }

  @Test("a row of zeros, and one of another length, is an error with its line")
  func rows() throws {
    let zeros = Array(repeating: "-0.0", count: 64).joined(separator: ",")
    let error = try Self.failure("\(Self.line())\n\(zeros)\n")
    #expect(error?.code == "face.zero-norm")
    #expect(error?.location.line == 2)
    #expect(error?.location.field == "row 1")
    let short = try Self.failure("\(Self.line())\n\(Self.line { $0.removeLast() })\n")
    guard case .otherDimension(let place, 64, 63) = short else {
      Issue.record("\(String(describing: short))")
      return
    }
    #expect(place.line == 2 && place.field == "row 1")
  }

  @Test("a text without rows, and one that is no CSV, is an error")
  func texts() throws {
    #expect(try Self.failure("")?.code == "face.csv.empty")
    #expect(
      try Self.failure("\n\u{FEFF}".trimmingCharacters(in: .newlines))?.code == "face.csv.empty"
    )
    #expect(try Self.failure("\"1")?.code == "csv.unterminated-quote")
    #expect(try Self.failure("a b c")?.code == "face.dimension")
  }
}
