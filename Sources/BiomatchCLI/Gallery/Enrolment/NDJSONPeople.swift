import Biomatch
import BiomatchCore
import BiomatchFace
import Foundation

/// People in NDJSON, an object a line; empty lines are passed over.
final class NDJSONPeople: PeopleList {
  private static let lineLimit = 1 << 20

  private let file: String
  private let model: FaceModel?
  private var lines: TextLines
  private let decoder = JSONDecoder()

  init(_ file: String, model: FaceModel?) throws {
    self.file = file
    self.model = model
    lines = try TextLines(file, limit: Self.lineLimit)
  }

  func next() throws -> ListedPerson? {
    while let (bytes, line) = try lines.next() {
      let place = ErrorLocation(file: file, line: line)
      guard bytes.count <= Self.lineLimit else {
        throw ListedObjectError(location: place, finding: "it has more than 1 MiB")
      }
      if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      return person(Array(bytes), place)
    }
    return nil
  }

  private func person(_ bytes: [UInt8], _ place: ErrorLocation) -> ListedPerson {
    var subject = ""
    var result: Result<PersonEntry, RowRejection>
    do {
      let fields = try decoder.decode(PersonFields.self, from: Data(bytes))
      subject = fields.subject
      let entry = try PersonEntry(fields, beside: file, model: model) { field in
        ErrorLocation(file: file, line: place.line, field: field)
      }
      result = .success(entry)
    } catch let error as any BiomatchError {
      result = .failure(RowRejection(place: place, subject: subject, error))
    } catch {
      let error = ListedObjectError(place, error)
      result = .failure(RowRejection(place: place, subject: subject, error))
    }
    return ListedPerson(place: place, bytes: bytes, subject: subject, entry: result)
  }
}

/// A line that is no person.
private struct ListedObjectError: BiomatchError {
  let location: ErrorLocation
  let finding: String

  init(location: ErrorLocation, finding: String) {
    self.location = location
    self.finding = finding
  }

  init(_ place: ErrorLocation, _ error: any Error) {
    var location = place
    let context: DecodingError.Context?
    switch error as? DecodingError {
    case .typeMismatch(_, let found): context = found
    case .valueNotFound(_, let found): context = found
    case .keyNotFound(let key, let found):
      location.field = Self.path(found.codingPath + [key])
      self.init(location: location, finding: "the member is missing")
      return
    case .dataCorrupted(let found): context = found
    default: context = nil
    }
    let path = Self.path(context?.codingPath ?? [])
    location.field = path.isEmpty ? nil : path
    self.init(
      location: location,
      finding: path.isEmpty ? "it is no JSON object" : context?.debugDescription ?? "\(error)"
    )
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.map(\.stringValue).joined(separator: ".")
  }

  var code: String { "enrol.object" }
  var rule: String { "each line must be an object that describes a person (\(finding))" }
  var remedy: String { "biomatch enrol --help has an example" }
  var category: ErrorCategory { .badData }
}
