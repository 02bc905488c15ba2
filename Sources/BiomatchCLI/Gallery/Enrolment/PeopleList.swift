import Biomatch
import BiomatchCore
import BiomatchFace

/// A list of people to be enrolled, read one by one.
protocol PeopleList: AnyObject {
  /// The next row; `nil` at the end.
  ///
  /// - Throws: where nothing that follows can be told apart.
  func next() throws -> ListedPerson?
}

/// A row of a list of people.
struct ListedPerson: Sendable {
  /// Where the row is.
  var place: ErrorLocation
  /// The row as it stands there, to recognise the list by.
  var bytes: [UInt8]
  /// Who it is, as far as it could be read.
  var subject: String
  /// The person, or why there is none.
  var entry: Result<PersonEntry, RowRejection>
}

/// Why a row of a list was not enrolled.
struct RowRejection: Error, Sendable {
  /// Where the row, or the field that is to blame, is in the list.
  var place: ErrorLocation
  var subject: String
  var report: ErrorReport

  init(place: ErrorLocation, subject: String, _ report: ErrorReport) {
    self.place = place
    self.subject = subject
    self.report = report
  }

  init(place: ErrorLocation, subject: String, _ error: any BiomatchError) {
    let isPlaced = error.location.file == place.file && error.location.line != nil
    self.init(place: isPlaced ? error.location : place, subject: subject, ErrorReport(error))
  }

  /// What is wrong and what to do, with the place where it is in another file.
  var message: String {
    var location = report.location
    if location.file == place.file {
      (location.file, location.line, location.column) = (nil, nil, nil)
    }
    if location.field == "subject \(subject)" { location.field = nil }
    let text = location.description
    return (text.isEmpty ? "" : text + ": ") + "\(report.rule); \(report.remedy)"
  }
}

/// Opens lists of people.
enum PeopleLists {
  /// The list in a file, NDJSON where the name ends so, and CSV otherwise.
  static func open(_ file: String, model: FaceModel?) throws -> any PeopleList {
    let name = file.lowercased()
    return name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl")
      ? try NDJSONPeople(file, model: model) : try CSVPeople(file, model: model)
  }
}
