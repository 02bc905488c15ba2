import BiomatchCore
import BiomatchLinkage

/// The rows that are left out, on their way to a file; without one the first ends the run.
struct RejectFile {
  private(set) var count = 0
  private let path: String?
  private let namesFile: Bool
  private var writer: CSVWriter

  /// - Parameter namesFile: whether rows come from several files, and each says from which.
  init(_ path: String?, namesFile: Bool = false) {
    self.path = path
    self.namesFile = namesFile
    let columns = ["line", "column", "feature", "code", "rule"]
    writer = CSVWriter(columns: namesFile ? ["file"] + columns : columns)
  }

  mutating func write(_ rejects: [RecordError]) throws {
    guard path != nil else {
      if let first = rejects.first { throw first }
      return
    }
    for reject in rejects {
      let place = reject.location
      let file = namesFile ? [place.file ?? ""] : []
      let row = [
        place.line.map(String.init) ?? "", place.column.map(String.init) ?? "",
        place.field ?? "", reject.code, reject.rule,
      ]
      try writer.write(file + row)
    }
    count += rejects.count
  }

  mutating func finish() throws {
    if let path { try OutputFile.write(writer.takeBytes(), to: path) }
  }
}
