import Biomatch
import BiomatchCore
import BiomatchFingerprint

/// Reads the templates of a list into entries of an index.
struct PrintReader {
  let options: TemplateOptions
  /// Whether what cannot be read is left out and reported.
  let skipsBad: Bool
  /// References that no other print may have.
  private(set) var taken: Set<ReferenceID>
  /// How many files were left out.
  private(set) var skipped = 0
  private var repaired: [String] = []

  init(options: TemplateOptions, skipsBad: Bool, taken: Set<ReferenceID>) {
    self.options = options
    self.skipsBad = skipsBad
    self.taken = taken
  }

  /// The prints of the rows, in their order.
  ///
  /// - Throws: a `BiomatchError` that names the file, or the place in the list, for the first that
  ///   cannot be read, unless such are skipped.
  mutating func entries(
    of rows: ArraySlice<PrintManifest.Row>,
    threads: Int?
  ) throws -> [FingerprintIndexEntry] {
    let rows = Array(rows)
    let (options, skipsBad) = (options, skipsBad)
    let read = try ParallelWork.map(rows.count, threads: threads, chunk: 32) { range in
      try range.map { index in
        do {
          return Result<ReadPrints, SkippedPrint>.success(try ReadPrints(rows[index], options))
        } catch let error as any BiomatchError where skipsBad && error.category != .usage {
          return .failure(SkippedPrint(error: error))
        }
      }
    }
    var entries: [FingerprintIndexEntry] = []
    for (row, result) in zip(rows, read) {
      do {
        let prints = try result.get()
        try claim(prints.entries, row)
        entries += prints.entries
        if prints.isRepaired { repaired.append(row.path) }
      } catch let skip as SkippedPrint {
        report(skip.error)
      } catch let duplicate as DuplicateReference where skipsBad {
        report(duplicate)
      }
    }
    return entries
  }

  /// Says once how many templates were not as their formats demand.
  func warnOfRepairs(manifest: String) {
    guard let first = repaired.first else { return }
    Warning(
      code: "index.repairs",
      location: ErrorLocation(file: manifest),
      text: "\(repaired.count) of the templates were repaired, \(first) for one; "
        + "biomatch template lint says how"
    ).say()
  }

  private mutating func claim(
    _ entries: [FingerprintIndexEntry],
    _ row: PrintManifest.Row
  ) throws {
    for entry in entries where taken.contains(entry.reference) {
      throw DuplicateReference(reference: entry.reference, location: row.location)
    }
    taken.formUnion(entries.map(\.reference))
  }

  private mutating func report(_ error: any BiomatchError) {
    skipped += 1
    Warning(
      code: error.code,
      location: error.location,
      text: "left out: \(error.rule)"
    ).say()
  }
}

/// The prints of one file.
private struct ReadPrints: Sendable {
  let entries: [FingerprintIndexEntry]
  let isRepaired: Bool

  init(_ row: PrintManifest.Row, _ options: TemplateOptions) throws {
    let loaded = try options.load(row.path)
    isRepaired = !loaded.decoded.repairs.isEmpty
    let views = loaded.views
    entries = try views.enumerated().map { number, view in
      let template = try loaded.template(of: view)
      let reference = views.count == 1 ? row.reference : "\(row.reference)#\(number + 1)"
      do throws(IdentifierError) {
        return FingerprintIndexEntry(
          reference: try ReferenceID(reference),
          subject: try SubjectID(row.subject ?? row.reference),
          position: row.position,
          template: template
        )
      } catch {
        throw ListedIdentifier(underlying: error, location: row.location)
      }
    }
  }
}

private struct SkippedPrint: Error {
  let error: any BiomatchError
}

/// An identifier in a list that is none.
private struct ListedIdentifier: BiomatchError {
  let underlying: IdentifierError
  let location: ErrorLocation

  var code: String { underlying.code }
  var rule: String { underlying.rule }
  var remedy: String { "give the sample a shorter identifier in the column reference or subject" }
  var category: ErrorCategory { .badData }
}

/// A reference that another print has already.
struct DuplicateReference: BiomatchError {
  let reference: ReferenceID
  let location: ErrorLocation

  var code: String { "index.duplicate-reference" }
  var rule: String { "an index can have one print of a reference only, found '\(reference)' again" }
  var remedy: String {
    "give every print a reference of its own, or remove the older print first; nothing was added"
  }
  var category: ErrorCategory { .badData }
}
