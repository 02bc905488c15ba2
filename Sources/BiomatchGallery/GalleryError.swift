import BiomatchCore

/// Why a gallery could not be opened, read or changed.
public enum GalleryError: BiomatchError, Hashable {
  /// There is no gallery at the path.
  case notFound(path: String)
  /// Something is already there where a gallery was to be created.
  case exists(path: String)
  /// Another process, or another part of this one, has the gallery open for writing.
  case inUse(path: String)
  /// The gallery was opened for reading only.
  case readOnly(path: String)
  /// The manifest is none, or damaged.
  case manifest(path: String, finding: String)
  /// A later version of this library wrote the gallery, or an earlier one that only a writer can bring
  /// up to date.
  case version(path: String, finding: String)
  /// The gallery is sealed, and no key was given.
  case keyNeeded(path: String)
  /// The gallery is not sealed, though a key was given.
  case notSealed(path: String)
  /// The key is not that of the gallery.
  case wrongKey(path: String)
  /// There is already a subject of that identifier.
  case subjectExists(SubjectID)
  /// There is no subject of that identifier.
  case subjectUnknown(SubjectID)
  /// There is already a sample of that reference, or one enrolment has it twice.
  case referenceExists(ReferenceID)
  /// The subject has no sample of that reference.
  case referenceUnknown(ReferenceID, subject: SubjectID)
  /// A sample is not what it says it is; the report tells what is wrong with it.
  case sample(ReferenceID, ErrorReport)
  /// The record of a sample has not so many views.
  case view(ReferenceID, view: Int, count: Int)
  /// The view of a sample is of several fingers.
  case severalFingers(ReferenceID)
  /// Vectors of this model have another dimension in this gallery.
  case dimension(ReferenceID, expected: Int, found: Int)
  /// A text cannot be a label.
  case label(String)
  /// There is no list of that name.
  case listUnknown(Label)
  /// There is already a list of that name, with another purpose or legal basis.
  case listExists(Label)
  /// A text of a person is too long to be kept.
  case tooLarge(SubjectID, field: String, limit: Int)
  /// What is stored does not open under its key, or is not what was sealed there.
  case unreadable(subject: SubjectID, reference: ReferenceID?)
  /// The key of a subject is missing.
  case keyMissing(SubjectID)
  /// More people of one bulk enrolment were refused than the caller allows; others are enrolled.
  case tooManyRejections(enrolled: Int, first: EnrolmentRejection)
  /// The subject is erased, but remains of it may still be in the files.
  case erasurePending(SubjectID, finding: String)
  /// The key was rotated, or the gallery compacted, and the log still has what was there before.
  case remains(path: String)
  /// A receipt is not one that this gallery gave.
  case receipt
  /// Keys and records of different times were to be put together.
  case keysTooOld(path: String)
  /// The gallery was opened without search.
  case searchOff(path: String)
  /// The database could not be read or written.
  case storage(path: String, StorageFailure)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .notFound: "gallery.not-found"
    case .exists: "gallery.exists"
    case .inUse: "gallery.in-use"
    case .readOnly: "gallery.read-only"
    case .manifest: "gallery.manifest"
    case .version: "gallery.version"
    case .keyNeeded: "gallery.key-needed"
    case .notSealed: "gallery.not-sealed"
    case .wrongKey: "gallery.wrong-key"
    case .subjectExists: "gallery.subject-exists"
    case .subjectUnknown: "gallery.subject-unknown"
    case .referenceExists: "gallery.reference-exists"
    case .referenceUnknown: "gallery.reference-unknown"
    case .sample: "gallery.sample"
    case .view: "gallery.view"
    case .severalFingers: "gallery.several-fingers"
    case .dimension: "gallery.dimension"
    case .label: "gallery.label"
    case .listUnknown: "gallery.list-unknown"
    case .listExists: "gallery.list-exists"
    case .tooLarge: "gallery.too-large"
    case .unreadable: "gallery.unreadable"
    case .keyMissing: "gallery.key-missing"
    case .tooManyRejections: "gallery.too-many-rejections"
    case .erasurePending: "gallery.erasure-pending"
    case .remains: "gallery.remains"
    case .receipt: "gallery.receipt"
    case .keysTooOld: "gallery.keys-too-old"
    case .searchOff: "gallery.search-off"
    case .storage(_, let failure): "gallery.storage.\(failure.label)"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory {
    switch self {
    case .notFound: .missingInput
    case .exists: .cannotCreate
    case .label, .searchOff: .usage
    case .inUse, .readOnly, .keyNeeded, .notSealed, .wrongKey, .keyMissing: .notPermitted
    case .erasurePending, .remains: .inputOutput
    case .storage(_, let failure): failure.category
    case .manifest, .version, .subjectExists, .subjectUnknown, .referenceExists, .referenceUnknown,
      .sample, .view, .severalFingers, .dimension, .listUnknown, .listExists, .tooLarge,
      .unreadable, .tooManyRejections, .receipt, .keysTooOld:
      .badData
    }
  }
}
