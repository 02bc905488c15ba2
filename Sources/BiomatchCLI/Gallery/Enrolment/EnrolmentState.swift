import Biomatch
import BiomatchCore
import BiomatchCrypto
import BiomatchGallery
import Foundation

/// How far the enrolment of a list has come; kept in a file, so that it can go on after any end.
struct EnrolmentState: Codable {
  private static let format = 1

  private var format = EnrolmentState.format
  let gallery: GalleryID
  /// How many rows are dealt with: enrolled durably, there before, or rejected.
  private(set) var rows = 0
  /// Tells the rows so far from those of other lists.
  private(set) var digest = ""
  /// What became of them.
  var totals = EnrolmentTotals()
  /// The size of the file of rejections by then.
  var rejectionBytes = 0

  init(gallery: GalleryID) { self.gallery = gallery }

  /// Counts rows as dealt with.
  mutating func add(_ listed: [ListedPerson]) throws {
    for person in listed {
      digest = Hexadecimal.text(
        try HashAlgorithm.sha256.digest(of: Array(digest.utf8) + person.bytes)
      )
    }
    rows += listed.count
  }

  /// Whether the other has come as far in the same list.
  func isAtSameRow(as other: EnrolmentState) -> Bool {
    rows == other.rows && digest == other.digest
  }

  // MARK: Files

  /// The state in the file at `path`; `nil` where there is none.
  static func read(_ path: String) throws -> EnrolmentState? {
    let bytes: [UInt8]
    do {
      bytes = try FileBytes.read(path, limit: 1 << 16)
    } catch FileError.notFound {
      return nil
    }
    guard let state = try? JSONDecoder().decode(EnrolmentState.self, from: Data(bytes)),
      state.format == format, state.rows >= 0, state.rejectionBytes >= 0
    else { throw EnrolmentStateError.form(path: path) }
    return state
  }

  /// Writes the file, durably, in the place of the one before.
  func write(_ path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try FileBytes.write(Array(encoder.encode(self)) + [UInt8(ascii: "\n")], to: path)
  }
}

/// What became of the rows of a list.
struct EnrolmentTotals: Codable, Equatable {
  /// People who are enrolled now.
  var enrolled = 0
  /// People who were in the gallery before, all the same.
  var present = 0
  var rejected = 0
  /// Samples of those who are enrolled now.
  var samples = 0
}

/// Why an enrolment cannot go on where it was.
enum EnrolmentStateError: BiomatchError {
  case form(path: String)
  case begun(path: String)
  case otherGallery(path: String)
  case otherList(path: String, list: String, rows: Int)
  case noRejections(path: String)

  var code: String {
    switch self {
    case .form: "enrol.state.form"
    case .begun: "enrol.state.begun"
    case .otherGallery: "enrol.state.gallery"
    case .otherList: "enrol.state.list"
    case .noRejections: "enrol.state.rejections"
    }
  }

  var location: ErrorLocation {
    switch self {
    case .form(let path), .begun(let path), .otherGallery(let path), .otherList(let path, _, _),
      .noRejections(let path):
      ErrorLocation(file: path)
    }
  }

  var rule: String {
    switch self {
    case .form: "the file is not the state of an enrolment"
    case .begun: "an enrolment of this list has begun and not ended"
    case .otherGallery: "the enrolment can go on only in the gallery in which it began"
    case .otherList(_, let list, let rows):
      "the first \(rows) rows of \(list) are not those that were enrolled"
    case .noRejections: "the rejections that were written before are missing"
    }
  }

  var remedy: String {
    switch self {
    case .form: "remove it, and enrol with --resume: who is there already is recognised"
    case .begun: "go on with --resume"
    case .otherGallery: "give that gallery, or another file with --state"
    case .otherList:
      "give that list; or remove the state and enrol with --resume: who is there already is "
        + "recognised"
    case .noRejections: "give the same file with --rejects"
    }
  }

  var category: ErrorCategory {
    switch self {
    case .begun: .usage
    case .form, .otherGallery, .otherList, .noRejections: .badData
    }
  }
}
