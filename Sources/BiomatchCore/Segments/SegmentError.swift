/// Why a segment cannot be written, opened or read.
public enum SegmentError: BiomatchError, Hashable {
  /// The file is not a segment at all.
  case foreign(path: String)
  /// The file has a later format than this version of the library knows.
  case unsupportedVersion(path: String, found: UInt32)
  /// The file's blocks are sealed in a way that this version of the library does not know.
  case unsupportedSealing(path: String, found: UInt8)
  /// The file is sealed, and no key was given.
  case sealed(path: String)
  /// A key was given, and the file is not sealed.
  case notSealed(path: String)
  /// Bytes of the file were not sealed by this key, or not at this place.
  case notAuthentic(path: String, offset: Int, what: SegmentPart)
  /// The cryptography does not work.
  case sealing(path: String, reason: String)
  /// The file is shorter than it says.
  case truncated(path: String, expected: Int, found: Int)
  /// Bytes of the file are not what was written.
  case corrupt(path: String, offset: Int, what: SegmentPart)
  /// The segment holds something else.
  case wrongKind(path: String, expected: SegmentLabel, found: SegmentLabel)
  /// The segment was made by another algorithm.
  case wrongEngine(path: String, expected: SegmentLabel, found: SegmentLabel)
  /// The segment was made with other parameters, or of another model's vectors.
  case wrongParameters(path: String, expected: ParameterDigest, found: ParameterDigest)
  /// The segment lacks a section.
  case missingSection(path: String, label: SegmentLabel)
  /// Two rows have one identifier.
  case duplicateReference(path: String, reference: ReferenceID)
  /// The contents do not fit the format.
  case tooLarge(path: String, what: SegmentPart)
  /// The file could not be read or written.
  case file(FileError)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .foreign: "segment.foreign"
    case .unsupportedVersion: "segment.version"
    case .unsupportedSealing: "segment.sealing"
    case .sealed: "segment.sealed"
    case .notSealed: "segment.not-sealed"
    case .notAuthentic: "segment.authentication"
    case .sealing: "segment.cryptography"
    case .truncated: "segment.truncated"
    case .corrupt: "segment.corrupt"
    case .wrongKind: "segment.kind"
    case .wrongEngine: "segment.engine"
    case .wrongParameters: "segment.parameters"
    case .missingSection: "segment.section"
    case .duplicateReference: "segment.duplicate-reference"
    case .tooLarge: "segment.too-large"
    case .file(let error): error.code
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .foreign(let path), .unsupportedVersion(let path, _), .unsupportedSealing(let path, _),
      .wrongKind(let path, _, _), .wrongEngine(let path, _, _), .wrongParameters(let path, _, _),
      .missingSection(let path, _), .duplicateReference(let path, _), .tooLarge(let path, _),
      .sealed(let path), .notSealed(let path), .sealing(let path, _):
      ErrorLocation(file: path)
    case .truncated(let path, _, let found): ErrorLocation(file: path, byteOffset: found)
    case .corrupt(let path, let offset, let what), .notAuthentic(let path, let offset, let what):
      ErrorLocation(file: path, byteOffset: offset, field: what.description)
    case .file(let error): error.location
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .foreign: "the file is not a segment"
    case .unsupportedVersion(_, let found):
      "only segments up to version \(SegmentLayout.version) can be read, found version \(found)"
    case .unsupportedSealing(_, let found):
      "the blocks are sealed by method \(found), which is unknown"
    case .sealed: "the segment is sealed, and no key was given"
    case .notSealed: "a sealed segment is needed, and this one is not"
    case .notAuthentic: "the bytes were not sealed by this key at this place"
    case .sealing(_, let reason): "sealing or opening failed: \(reason)"
    case .truncated(_, let expected, let found):
      "the file must have \(expected) bytes when complete, found \(found)"
    case .corrupt: "the bytes are not those that were written"
    case .wrongKind(_, let expected, let found):
      "a segment of kind '\(expected)' is needed, found '\(found)'"
    case .wrongEngine(_, let expected, let found):
      "a segment of engine '\(expected)' is needed, found '\(found)'"
    case .wrongParameters(_, let expected, let found):
      "only what was made with equal parameters compares: expected \(expected), found \(found)"
    case .missingSection(_, let label): "the segment has no section '\(label)'"
    case .duplicateReference(_, let reference):
      "a reference can be stored once only, found '\(reference)' again"
    case .tooLarge(_, let what): "\(what) does not fit into one segment"
    case .file(let error): error.rule
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .foreign, .wrongKind: "check the path"
    case .unsupportedVersion, .unsupportedSealing: "use a later version of the library"
    case .sealed: "open it with the key that it was sealed by"
    case .notSealed:
      "somebody has put it there: restore the directory from a backup, or build the index again"
    case .notAuthentic:
      "check that it is the right key; if it is, somebody has changed the file: restore the directory "
        + "from a backup, or build the index again"
    case .sealing: "check the installation of OpenSSL 3 and the memory of the machine"
    case .truncated, .corrupt, .missingSection:
      "build the segment again from the templates, or restore it from a backup"
    case .wrongEngine, .wrongParameters: "build the segment again with the present matcher"
    case .duplicateReference: "give every sample an identifier of its own"
    case .tooLarge: "split the contents into several segments"
    case .file(let error): error.remedy
    }
  }

  /// The class of failure.
  public var category: ErrorCategory {
    switch self {
    case .file(let error): error.category
    case .sealed: .usage
    case .sealing: .software
    default: .badData
    }
  }
}

/// A part of a segment, as errors name it.
public enum SegmentPart: Sendable, Hashable, CustomStringConvertible {
  /// The first 4,096 bytes.
  case header
  /// The tables of sections and blocks.
  case tables
  /// A block of a section, counted from zero.
  case block(Int, of: SegmentLabel)
  /// The whole of a section.
  case section(SegmentLabel)
  /// The zeros between sections.
  case padding

  /// The part in words.
  public var description: String {
    switch self {
    case .header: "header"
    case .tables: "tables"
    case .block(let index, let label): "block \(index) of section '\(label)'"
    case .section(let label): "section '\(label)'"
    case .padding: "padding"
    }
  }
}
