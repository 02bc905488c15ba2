import BiomatchCore
import BiomatchFingerprint

extension GalleryError {
  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .notFound(let path), .exists(let path), .inUse(let path), .readOnly(let path),
      .manifest(let path, _), .version(let path, _), .keyNeeded(let path), .notSealed(let path),
      .wrongKey(let path), .keysTooOld(let path), .remains(let path), .searchOff(let path),
      .storage(let path, _):
      ErrorLocation(file: path)
    case .subjectExists(let subject), .subjectUnknown(let subject), .keyMissing(let subject),
      .erasurePending(let subject, _):
      ErrorLocation(field: "subject \(subject)")
    case .referenceExists(let reference), .referenceUnknown(let reference, _),
      .view(let reference, _, _), .severalFingers(let reference), .dimension(let reference, _, _):
      ErrorLocation(field: "sample \(reference)")
    case .sample(let reference, let report):
      ErrorLocation(
        byteOffset: report.location.byteOffset,
        line: report.location.line,
        column: report.location.column,
        field: report.location.field.map { "sample \(reference), \($0)" } ?? "sample \(reference)"
      )
    case .tooLarge(let subject, let field, _): ErrorLocation(field: "subject \(subject), \(field)")
    case .unreadable(let subject, let reference):
      ErrorLocation(
        field: reference.map { "subject \(subject), sample \($0)" } ?? "subject \(subject)"
      )
    case .label: ErrorLocation(field: "label")
    case .listUnknown(let name), .listExists(let name): ErrorLocation(field: "list \(name)")
    case .tooManyRejections(_, let first):
      ErrorLocation(field: "person \(first.index), subject \(first.subject)")
    case .receipt: ErrorLocation(field: "receipt")
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .notFound: "the directory is a gallery"
    case .exists: "a gallery is created where nothing is"
    case .inUse: "a gallery has one writer at a time, and another has it open"
    case .readOnly: "changes need a gallery that is open for writing"
    case .manifest(_, let finding): "the manifest is that of a gallery (\(finding))"
    case .version(_, let finding):
      "the gallery is of a version that this program knows (\(finding))"
    case .keyNeeded: "a sealed gallery is opened with its key"
    case .notSealed: "a key is given for a sealed gallery, and this one is in clear"
    case .wrongKey: "the key is that under which the gallery is sealed"
    case .subjectExists: "a subject is enrolled once"
    case .subjectUnknown: "the subject is enrolled"
    case .referenceExists: "a reference names one sample"
    case .referenceUnknown(_, let subject): "the sample is one of subject \(subject)"
    case .sample(_, let report): report.rule
    case .view(_, let view, let count):
      "the record has the view, found \(count) views and not number \(view), counted from zero"
    case .severalFingers: "a sample is of one finger"
    case .dimension(_, let expected, let found):
      "vectors of this model have \(expected) values in this gallery, found \(found)"
    case .label(let text):
      "a label has 1 to 64 bytes of text without control characters, found '\(text)'"
    case .listUnknown: "the list is defined"
    case .listExists: "a list is defined once"
    case .tooLarge(_, _, let limit): "it has at most \(limit) bytes or entries"
    case .unreadable: "what is stored is what was sealed there"
    case .keyMissing: "the key database has the subject's key"
    case .tooManyRejections(let enrolled, let first):
      "people can be enrolled; \(enrolled) were before too many could not, of these the first: "
        + first.error.rule
    case .erasurePending(_, let finding):
      "nothing of an erased subject is left in any file (\(finding))"
    case .remains: "nothing of what was there before is left in the files"
    case .receipt: "a receipt has the signature of the gallery that gave it"
    case .keysTooOld: "the keys were exported after the backup was made"
    case .searchOff: "a gallery that is searched has been opened with search"
    case .storage(_, let failure): failure.rule
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .notFound: "check the path"
    case .exists: "choose another path, or open what is there"
    case .inUse: "end the other writer, or open the gallery for reading"
    case .readOnly: "open it for writing"
    case .manifest: "restore the file from a backup"
    case .version: "use the newest version of this program, and open the gallery for writing once"
    case .keyNeeded: "name the source of the key"
    case .notSealed:
      "leave the key out if the gallery is meant to be in clear; do not use it if not"
    case .wrongKey: "give the key that the gallery was created with or last rotated to"
    case .subjectExists: "update the subject, or choose another identifier"
    case .subjectUnknown: "check the identifier, or enrol the subject"
    case .referenceExists: "choose another reference, or remove the sample that has it"
    case .referenceUnknown: "check the reference"
    case .sample(_, let report): report.remedy
    case .view: "count the record's views"
    case .severalFingers: "segment the image and encode one finger a view"
    case .dimension: "name the model or its version otherwise if it is another"
    case .label: "choose another"
    case .listUnknown: "define the list first"
    case .listExists: "choose another name"
    case .tooLarge: "shorten it"
    case .unreadable: "verify the integrity of the gallery and restore it from a backup"
    case .keyMissing: "restore the key database from its export"
    case .tooManyRejections(_, let first): first.error.remedy
    case .erasurePending: "end other readers and finish the erasure; it is also tried at every open"
    case .remains: "end other readers, free space, and compact the gallery"
    case .receipt: "do not rely on it; ask for another"
    case .keysTooOld: "use a later export of the keys"
    case .searchOff: "open it with settings for search"
    case .storage(_, let failure): failure.remedy
    }
  }
}
