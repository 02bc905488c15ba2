import ArgumentParser

/// How an answer is printed.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  /// Aligned columns for people; may change from version to version.
  case table
  /// One array of objects.
  case json
  /// One object a line.
  case ndjson
  /// RFC 4180 with a header.
  case csv
}

/// The option that every command with an answer has.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "table for people; json, ndjson or csv for programs (errors are then JSON, but for csv)."
  )
  var format: OutputFormat = .table
}
