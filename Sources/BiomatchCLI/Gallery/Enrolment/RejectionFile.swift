import Biomatch
import BiomatchCore
import Foundation

/// The file of rows that were not enrolled, which grows as they come.
final class RejectionFile {
  static let columns = ["line", "column", "subject", "code", "message"]

  private let path: String
  private let file: FileHandle
  /// Its size when everything given to it is written.
  private(set) var byteCount = 0

  /// A new file in the place of an older one; or one that goes on behind its first `size` bytes.
  init(_ path: String, continuingAt size: Int?) throws {
    self.path = path
    if size ?? 0 == 0 { try FileBytes.write([], to: path) }
    guard let file = FileHandle(forUpdatingAtPath: path) else {
      throw FileError.notPermitted(path: path, operation: .write)
    }
    self.file = file
    let end = try translating { try file.seekToEnd() }
    guard Int(end) >= size ?? 0 else { throw EnrolmentStateError.noRejections(path: path) }
    byteCount = size ?? 0
    try translating {
      try file.truncate(atOffset: UInt64(byteCount))
      try file.seekToEnd()
    }
    if byteCount == 0 { try append([]) }
  }

  /// Writes rejections; when this returns, they survive a loss of power.
  func append(_ rejections: [RowRejection]) throws {
    var writer = CSVWriter(columns: Self.columns)
    let header = writer.takeBytes()
    for rejection in rejections {
      try writer.write([
        rejection.place.line.map(String.init) ?? "", rejection.place.column.map(String.init) ?? "",
        rejection.subject, rejection.report.code, rejection.message,
      ])
    }
    let bytes = (byteCount == 0 ? header : []) + writer.takeBytes()
    guard !bytes.isEmpty else { return }
    try translating {
      try file.write(contentsOf: bytes)
      try file.synchronize()
    }
    byteCount += bytes.count
  }

  private func translating<R>(_ body: () throws -> R) throws -> R {
    do { return try body() } catch let error as any BiomatchError { throw error } catch {
      throw FileError.failed(
        path: path,
        operation: .write,
        reason: (error as NSError).localizedDescription
      )
    }
  }
}
