import BiomatchCore

/// Which columns of a CSV file hold what.
struct FaceVectorColumns: Sendable, Hashable {
  /// How many there are.
  let count: Int
  /// Whether the first row names them.
  let hasHeader: Bool
  /// The column of identifiers of samples.
  let reference: Int?
  /// The column of identifiers of persons.
  let subject: Int?

  /// How many columns hold numbers.
  var dimension: Int { count - (reference == nil ? 0 : 1) - (subject == nil ? 0 : 1) }

  /// The columns of a file that starts with that row.
  init(_ first: CSVRow, options: FaceVectorCSVOptions) throws(FaceVectorFileError) {
    count = first.count
    let names = (options.referenceColumn ?? "reference", options.subjectColumn ?? "subject")
    let isNamed = options.referenceColumn != nil || options.subjectColumn != nil
    let reference = try Self.column(names.0, in: first, isNeeded: options.referenceColumn != nil)
    let subject = try Self.column(names.1, in: first, isNeeded: options.subjectColumn != nil)
    hasHeader =
      switch options.header {
      case .present: true
      case .absent: isNamed
      case .detected: reference != nil || subject != nil || Self.isHeader(first)
      }
    self.reference = hasHeader ? reference : nil
    self.subject = hasHeader ? subject : nil
  }

  /// The column of the value with that number.
  func field(ofValue value: Int) -> Int {
    var field = value
    for column in [reference, subject].compactMap(\.self).sorted() where column <= field {
      field += 1
    }
    return field
  }

  private static func isHeader(_ row: CSVRow) -> Bool {
    let fields = 0..<row.count
    return fields.allSatisfy { DecimalNumber.float(row.bytes(of: $0)) == nil }
      || fields.allSatisfy { row[$0] == "\($0)" }
  }

  private static func column(
    _ name: String,
    in row: CSVRow,
    isNeeded: Bool
  ) throws(FaceVectorFileError) -> Int? {
    let found = (0..<row.count).filter { row.bytes(of: $0).elementsEqual(name.utf8) }
    guard found.count <= 1 else {
      throw .csv(.duplicateColumn(at: row.location(of: found[1]), name: name))
    }
    guard found.count == 1 || !isNeeded else {
      throw .csv(.missingColumn(at: row.location(of: 0), name: name, found: row.strings))
    }
    return found.first
  }
}
