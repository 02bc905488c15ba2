import Biomatch
import BiomatchCore
import BiomatchLinkage

/// What the columns of a table seem to be.
struct SchemaDraft {
  let features: [LinkageFeature]

  init(file: String, rows limit: Int) throws {
    let columns =
      file.hasSuffix(".ndjson")
      ? try Self.members(file, limit) : try Self.columns(CSVReader(file: file), limit)
    features = columns.enumerated().map { index, column in
      LinkageFeature(column.name, index == 0 ? nil : column.encoding)
    }
  }

  private static func columns(
    _ reader: consuming CSVReader,
    _ limit: Int
  ) throws -> [Column] {
    var columns = reader.header.strings.map { Column(name: $0) }
    for _ in 0..<limit {
      guard let row = try reader.nextRow() else { break }
      for index in columns.indices { columns[index].add(row[index]) }
    }
    return columns
  }

  /// The members of objects in the order in which they first come, without those that no record may have.
  private static func members(_ file: String, _ limit: Int) throws -> [Column] {
    var lines = try JSONLines(file)
    var columns: [Column] = []
    var numbers: [String: Int] = [:]
    for _ in 0..<limit {
      guard let line = try lines.next() else { break }
      let document = try line.document.get()
      guard case .object(let members) = document else {
        throw RecordError.broken(
          RecordFinding(
            rule: .object,
            location: line.location,
            text: "a line must be an object, found \(document.kind)"
          )
        )
      }
      for member in members {
        let number = numbers[member.name] ?? columns.count
        if number == columns.count {
          columns.append(Column(name: member.name))
          numbers[member.name] = number
        }
        switch member.value {
        case .string(let value), .number(let value): columns[number].add(value)
        case .null: columns[number].add("")
        default: columns[number].isTable = false
        }
      }
    }
    return columns.filter(\.isTable)
  }

  private struct Column {
    private static let dateFormats = ["%Y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%d.%m.%Y"]

    let name: String
    /// Whether it has nothing but texts, numbers and null.
    var isTable = true
    var values: [String: Int] = [:]
    var count = 0
    var hasEmpty = false

    mutating func add(_ value: String) {
      if value.isEmpty {
        hasEmpty = true
      } else {
        values[value, default: 0] += 1
        count += 1
      }
    }

    var encoding: FeatureEncoding? {
      guard count > 0 else { return nil }
      let missing = hasEmpty ? MissingValue(sentinel: "") : nil
      for format in Self.dateFormats.compactMap(DateFormat.init) {
        guard values.keys.allSatisfy({ format.matches($0) }) else { continue }
        return FeatureEncoding(
          format: .date(format),
          comparison: .ngrams(n: 1, positional: true),
          strategy: .bitsPerFeature(200),
          missingValue: missing
        )
      }
      let isRepetitive = values.count <= 300 && values.count * 5 <= count
      return FeatureEncoding(
        format: .text(TextFormat()),
        comparison: isRepetitive ? .exact : .ngrams(n: 2, positional: false),
        strategy: .bitsPerFeature(isRepetitive ? 50 : 200),
        missingValue: missing
      )
    }
  }
}
