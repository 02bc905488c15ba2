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
    case .notFound: "there is no gallery here"
    case .exists: "a gallery can be created only where nothing is, and something is"
    case .inUse: "a gallery can have one writer at a time, and another has it open"
    case .readOnly:
      "changes need a gallery that is open for writing, and this one is open for reading"
    case .manifest(_, let finding): "the manifest is not that of a gallery (\(finding))"
    case .version(_, let finding):
      "the gallery is of a version that this program does not know (\(finding))"
    case .keyNeeded: "the gallery is sealed, and no key was given"
    case .notSealed: "a key is for a sealed gallery, and this one is in clear"
    case .wrongKey: "the key is not the one under which the gallery is sealed"
    case .subjectExists: "the subject is enrolled already"
    case .subjectUnknown: "no such subject is enrolled"
    case .referenceExists: "another sample has this reference already"
    case .referenceUnknown(_, let subject): "subject \(subject) has no such sample"
    case .sample(_, let report): report.rule
    case .view(_, let view, let count):
      "the record has no view \(view), counted from zero, found \(count) views"
    case .severalFingers: "a sample must be of one finger"
    case .dimension(_, let expected, let found):
      "vectors of this model must have \(expected) values in this gallery, found \(found)"
    case .label(let text):
      "a label must have 1 to 64 bytes of text without control characters, found '\(text)'"
    case .listUnknown: "no such list is defined"
    case .listExists: "the list is defined already"
    case .tooLarge(_, _, let limit): "it must have at most \(limit) bytes or entries"
    case .unreadable: "what is stored is not what was sealed there"
    case .keyMissing: "the key database does not have the subject's key"
    case .tooManyRejections(let enrolled, let first):
      "too many people could not be enrolled, after \(enrolled) who were; the first: "
        + first.error.rule
    case .erasurePending(_, let finding):
      "something of an erased subject may be left in a file (\(finding))"
    case .remains: "something of what was there before may be left in the files"
    case .receipt: "the receipt does not have the signature of the gallery that gave it"
    case .keysTooOld: "the keys were exported before the backup was made"
    case .searchOff: "the gallery was not opened for searching"
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
