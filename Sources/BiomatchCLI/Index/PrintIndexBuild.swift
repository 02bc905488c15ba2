import Biomatch
import BiomatchCore
import BiomatchFingerprint

/// Makes an index of the templates that a list names, or adds to one.
struct PrintIndexBuild {
  let manifest: String
  let output: String
  let append: Bool
  let skipBad: Bool
  let matching: MatchingOptions
  let template: TemplateOptions

  func run(_ format: OutputFormat) throws {
    let level = try matching.engine.level()
    let index =
      append
      ? try opened(simd: level)
      : try SavedIndex.create(output, matcher: matching.matcher())
    let rows = try PrintManifest(file: manifest).rows
    var reader = PrintReader(
      options: template,
      skipsBad: skipBad,
      taken: append && skipBad ? try SavedIndex.references(of: index) : []
    )
    let before = index.count
    try add(rows, to: index, &reader)
    reader.warnOfRepairs(manifest: manifest)
    if append { try index.save() } else { try index.save(to: output) }
    let added = index.count - before
    let row = Row([
      "index": .text(output), "added": .integer(added), "skipped": .integer(reader.skipped),
      "prints": .integer(index.count),
    ])
    let skipped = reader.skipped == 0 ? "" : ", \(Plural.text(reader.skipped, "file")) skipped"
    try row.print(
      format,
      text: "\(output): \(Plural.text(added, "print")) added\(skipped), \(index.count) in all"
    )
  }

  /// The index to add to: how it compares prints was decided when it was made.
  private func opened(simd: SIMDLevel) throws -> FingerprintIndex {
    let index = try SavedIndex.open(output, simd: simd)
    let wanted = try matching.matcher()
    guard !matching.anyRotation || index.matcher.digest == wanted.digest else {
      throw UsageError.option(
        "--any-rotation",
        rule: "\(output) was built without it, for upright prints only",
        remedy: "leave it out, or build another index with it"
      )
    }
    return index
  }

  /// Reads the templates of all rows and adds their prints, a slice at a time.
  private func add(
    _ rows: [PrintManifest.Row],
    to index: FingerprintIndex,
    _ reader: inout PrintReader
  ) throws {
    let progress = ProgressBar("reading templates", total: rows.count)
    defer { progress.finish() }
    for start in stride(from: 0, to: rows.count, by: Self.slice) {
      let slice = rows[start..<min(start + Self.slice, rows.count)]
      try add(reader.entries(of: slice, threads: matching.engine.threads), of: slice, to: index)
      progress.advance(by: slice.count)
    }
  }

  private func add(
    _ entries: [FingerprintIndexEntry],
    of rows: ArraySlice<PrintManifest.Row>,
    to index: FingerprintIndex
  ) throws {
    do {
      try index.append(entries, threads: matching.engine.threads ?? ParallelScan.processorCount)
    } catch {
      throw Self.placed(error, among: rows)
    }
  }

  /// The error, for a reference that the index had before with its place in the list, which the index
  /// does not know.
  private static func placed(
    _ error: IndexError,
    among rows: ArraySlice<PrintManifest.Row>
  ) -> any BiomatchError {
    guard case .duplicateReference(let reference) = error else { return error }
    let text = reference.string
    let row = rows.first { text == $0.reference || text.hasPrefix($0.reference + "#") }
    guard let row else { return error }
    return DuplicateReference(reference: reference, location: row.location)
  }

  /// How many files are read before their prints are described: some 20 MB.
  private static let slice = 8192
}
