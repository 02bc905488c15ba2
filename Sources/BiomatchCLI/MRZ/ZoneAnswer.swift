import Biomatch
import BiomatchCore
import BiomatchLinkage

/// The answer of `mrz parse`.
struct ZoneAnswer {
  var file: String
  var zones: [ReadZone]
  var reference: PartialDate?

  static let fieldNames = [
    "line", "type", "documentCode", "issuer", "primary", "secondary", "nameTruncated",
    "documentNumber", "nationality", "birthDate", "sex", "expiryDate", "optionalData",
    "optionalData2", "findings", "corrections",
  ]

  func print(_ format: OutputFormat) throws {
    guard format == .table else {
      return StandardOutput.write(
        try RowPrinter.text(zones.map(row), names: Self.fieldNames, format: format)
      )
    }
    for zone in zones { warn(zone) }
    if let zone = zones.first, zones.count == 1 {
      StandardOutput.write(lines(of: zone))
    } else if !zones.isEmpty {
      StandardOutput.write(table)
    }
  }

  private func row(_ zone: ReadZone) -> Row {
    let mrz = zone.reading.mrz
    return Row([
      "line": .integer(zone.line),
      "type": .text(mrz.format.rawValue),
      "documentCode": .text(mrz.documentCode),
      "issuer": .optional(mrz.issuer?.string),
      "primary": .optional(mrz.name?.primary.joined(separator: " ")),
      "secondary": .optional(mrz.name?.secondary.joined(separator: " ")),
      "nameTruncated": .text(mrz.isNamePossiblyTruncated ? "possibly" : "no"),
      "documentNumber": .text(mrz.documentNumber),
      "nationality": .optional(mrz.nationality?.string),
      "birthDate": .text(birthDate(mrz)),
      "sex": .text(mrz.sex.rawValue),
      "expiryDate": .text(expiryDate(mrz)),
      "optionalData": .text(mrz.optionalData),
      "optionalData2": mrz.format == .td1 ? .text(mrz.secondOptionalData) : .none,
      "findings": .text(zone.reading.findings.map(\.code).joined(separator: " ")),
      "corrections": .text(
        zone.changes.map { "\($0.line):\($0.column):\($0.read):\($0.corrected)" }
          .joined(separator: " ")
      ),
    ])
  }

  private func birthDate(_ mrz: MRZ) -> String {
    reference.map { mrz.birthDate.birthDate(asOf: $0).description } ?? mrz.birthDate.description
  }

  private func expiryDate(_ mrz: MRZ) -> String {
    reference.map { mrz.expiryDate.expiryDate(asOf: $0).description }
      ?? mrz.expiryDate.description
  }

  /// One zone, a line for each value that it has.
  private func lines(of zone: ReadZone) -> String {
    let mrz = zone.reading.mrz
    func named(_ code: CountryCode?) -> String {
      guard let code else { return "not readable" }
      return code.name.map { "\(code), \($0)" } ?? "\(code), not a known code"
    }
    let pairs = [
      ("document", "\(mrz.format.title), \(mrz.documentCode)"),
      ("number", mrz.documentNumber),
      ("issuer", named(mrz.issuer)),
      ("name", name(mrz)),
      ("nationality", named(mrz.nationality)),
      ("birth", birthDate(mrz)),
      ("sex", mrz.sex.rawValue),
      ("expiry", expiryDate(mrz)),
      ("optional data", mrz.optionalData),
      ("optional data, line 2", mrz.secondOptionalData),
    ].filter { !$0.1.isEmpty }
    let width = pairs.map(\.0.count).max() ?? 0
    return pairs.map { label, value in
      label + String(repeating: " ", count: width - label.count + 2) + value + "\n"
    }.joined()
  }

  private var table: String {
    TextTable(
      header: ["line", "type", "number", "name", "nationality", "birth", "sex", "expiry"],
      rows: zones.map { zone in
        let mrz = zone.reading.mrz
        return [
          String(zone.line), mrz.format.title, mrz.documentNumber, name(mrz),
          mrz.nationality?.string ?? "?", birthDate(mrz), mrz.sex.rawValue, expiryDate(mrz),
        ]
      }
    ).text
  }

  private func name(_ mrz: MRZ) -> String {
    guard let name = mrz.name else { return "not readable" }
    return name.description + (mrz.isNamePossiblyTruncated ? " (possibly truncated)" : "")
  }

  private func warn(_ zone: ReadZone) {
    for finding in zone.reading.findings {
      Warning(code: finding.code, location: finding.location, text: finding.text).say()
    }
    for change in zone.changes {
      Warning(
        code: "mrz.corrected",
        location: ErrorLocation(file: file, line: change.line, column: change.column),
        text: "\(change.read) is taken for \(change.corrected), as the check digits ask for; "
          + "hold it against the document"
      ).say()
    }
  }
}
