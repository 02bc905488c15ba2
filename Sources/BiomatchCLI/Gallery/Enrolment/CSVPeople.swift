import Biomatch
import BiomatchCore
import BiomatchFace
import BiomatchFingerprint
import BiomatchGallery

/// People in CSV, a row each, with columns named as the options of `enrol` and as fingers.
final class CSVPeople: PeopleList {
  /// Columns of texts; those of `lists` hold any number of them, separated by semicolons.
  private static let texts = ["category", "born", "sex"]
  private static let lists = ["list", "name", "nationality", "document"]
  private static let faces = ["face", "model", "modelVersion"]
  private static let fingers = FingerPosition.allCases.filter(\.isSingleFinger).map(\.label)

  private let file: String
  private let model: FaceModel?
  private var reader: CSVReader
  private let subject: Int
  private var columns: [String: Int] = [:]

  init(_ file: String, model: FaceModel?) throws {
    self.file = file
    self.model = model
    let reader = try CSVReader(file: file)
    subject = try reader.column("subject")
    let known = Self.texts + Self.lists + Self.faces + Self.fingers + ["finger"]
    for name in known { columns[name] = try reader.columnIfPresent(name) }
    let other = reader.header.strings.filter { $0 != "subject" && !known.contains($0) }
    if !other.isEmpty {
      Warning(
        code: "enrol.columns",
        location: ErrorLocation(file: file),
        text: "columns that say nothing here are passed over: " + other.joined(separator: ", ")
      ).say()
    }
    self.reader = reader
  }

  func next() throws -> ListedPerson? {
    let row: CSVRow
    do throws(CSVError) {
      guard let next = try reader.nextRow() else { return nil }
      row = next
    } catch .raggedRow(let place, let expected, let found) {
      let error = CSVError.raggedRow(at: place, expected: expected, found: found)
      return ListedPerson(
        place: place,
        bytes: Array("\(found)".utf8),
        subject: "",
        entry: .failure(RowRejection(place: place, subject: "", error))
      )
    }
    let place = row.location(of: subject)
    let result: Result<PersonEntry, RowRejection>
    do {
      let entry = try PersonEntry(fields(of: row), beside: file, model: model) { field in
        self.location(field, row)
      }
      result = .success(entry)
    } catch let error as any BiomatchError {
      result = .failure(RowRejection(place: place, subject: row[subject], error))
    }
    var bytes: [UInt8] = []
    for field in 0..<row.count { bytes += row.bytes(of: field) + [0] }
    return ListedPerson(place: place, bytes: bytes, subject: row[subject], entry: result)
  }

  private func location(_ field: String, _ row: CSVRow) -> ErrorLocation {
    row.location(of: columns[field] ?? subject, name: field)
  }

  private func fields(of row: CSVRow) -> PersonFields {
    func text(_ name: String) -> String? {
      columns[name].flatMap { row[$0].isEmpty ? nil : row[$0] }
    }
    func list(_ name: String) -> [String] {
      text(name)?.split(separator: ";").map(String.init) ?? []
    }
    var fields = PersonFields(
      subject: row[subject],
      category: text("category"),
      list: list("list"),
      name: list("name"),
      born: text("born"),
      sex: text("sex"),
      nationality: list("nationality"),
      document: list("document")
    )
    for position in Self.fingers {
      guard let value = text(position) else { continue }
      if (try? PersonText.condition(value)) != nil {
        fields.missing[position] = value
      } else {
        fields.finger.append(PersonFields.Finger(path: value, position: position))
      }
    }
    if let path = text("finger") { fields.finger.append(PersonFields.Finger(path: path)) }
    if let path = text("face") {
      fields.face.append(
        PersonFields.Face(path: path, model: text("model"), modelVersion: text("modelVersion"))
      )
    }
    return fields
  }
}
