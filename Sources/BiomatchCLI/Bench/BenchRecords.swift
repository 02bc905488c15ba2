import Biomatch
import BiomatchCore
import BiomatchFingerprint

/// Prints as ISO/IEC 19794-2:2005 records in memory, as a scanner or an archive delivers them.
struct BenchRecords: Sendable {
  private struct Item: Sendable {
    var reference: ReferenceID
    var subject: SubjectID
    var bytes: [UInt8]
  }

  private let items: [Item]

  var count: Int { items.count }

  init(_ entries: some Sequence<FingerprintIndexEntry>) throws {
    let encoder = MinutiaeEncoder(format: .iso2005)
    items = try entries.map { entry in
      let record = MinutiaeRecord(views: [FingerView(entry.template)])
      return Item(
        reference: entry.reference,
        subject: entry.subject,
        bytes: try encoder.encode(record).bytes
      )
    }
  }

  /// Decodes the records, describes their prints and appends them.
  func add(to index: FingerprintIndex, threads: Int) throws {
    let decoder = MinutiaeDecoder(strictness: .lenient)
    let entries = try ParallelWork.map(items.count, threads: threads, chunk: 64) { range in
      try items[range].map { item in
        FingerprintIndexEntry(
          reference: item.reference,
          subject: item.subject,
          template: try FingerprintTemplate(view: decoder.decode(item.bytes).record.views[0])
        )
      }
    }
    try index.append(entries, threads: threads)
  }
}
