import BiomatchCore
import Foundation
import Testing

@Suite("Error report")
struct ErrorReportTests {
  @Test("has everything of the error, as JSON")
  func json() throws {
    let error = CSVError.raggedRow(
      at: ErrorLocation(file: "people.csv", line: 7, column: 31),
      expected: 3,
      found: 4
    )
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let text = String(decoding: try encoder.encode(ErrorReport(error)), as: UTF8.self)
    #expect(
      text == """
        {"category":"badData","code":"csv.ragged-row","exitCode":65,\
        "location":{"column":31,"file":"people.csv","line":7},\
        "remedy":"quote fields that contain a comma or a line break",\
        "rule":"every row must have as many fields as the header, 3, found 4"}
        """
    )
    #expect(try JSONDecoder().decode(ErrorReport.self, from: Data(text.utf8)) == ErrorReport(error))
  }

  @Test("an error of somebody else counts as our defect")
  func unexpected() {
    struct Stranger: Error {}
    let report = ErrorReport(any: Stranger())
    #expect(report.code == "unexpected")
    #expect(report.exitCode == 70)
    #expect(ErrorReport(any: CSVError.nul(at: ErrorLocation())).code == "csv.nul")
  }
}
