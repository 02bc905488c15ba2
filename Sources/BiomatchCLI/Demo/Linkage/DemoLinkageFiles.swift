import Biomatch
import BiomatchCore
import BiomatchLinkage

/// The demonstration's tables of records beside its indexes, with what is needed to link them.
struct DemoLinkageFiles {
  static let names = ["people-a", "people-b"]
  static let schemaName = "link-schema.json"
  static let secretName = "link-secret.txt"

  let directory: String

  /// Writes all files; the same bytes each time.
  init(directory: String, people: DemoRecords, schema: LinkageSchema, secret: String) throws {
    self.directory = directory
    for (name, entries) in zip(Self.names, [people.a, people.b]) {
      var table = CSVWriter(columns: DemoRecords.columns)
      var truth = CSVWriter(columns: ["rec_id", "person"])
      for (row, entry) in entries.enumerated() {
        let record = "\(name.suffix(1).uppercased())\(SyntheticNames.padded(row + 1, 6))"
        try table.write([record] + entry.fields)
        try truth.write([record, entry.person])
      }
      try OutputFile.write(table.takeBytes(), to: path(name + ".csv"))
      try OutputFile.write(truth.takeBytes(), to: path(name + "-truth.csv"))
    }
    try OutputFile.write(Array(schema.json().utf8), to: path(Self.schemaName))
    try OutputFile.write(Array((secret + "\n").utf8), to: path(Self.secretName))
  }

  func path(_ name: String) -> String { directory + "/" + name }

  /// The command that does the same again.
  var command: [String] {
    let tables = Self.names.map { path($0 + ".csv") }
    let truths = Self.names.map { path($0 + "-truth.csv") }
    return ["link", "run"] + tables
      + ["--schema", path(Self.schemaName), "--secret-file", path(Self.secretName)]
      + ["--threshold", String(DemoLinkageRun.threshold), "--truth"] + truths
      + ["-o", path("links.csv"), "--format", "csv"]
  }
}
