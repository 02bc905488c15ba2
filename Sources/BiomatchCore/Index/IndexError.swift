/// Why an index cannot be changed, searched, opened or saved.
public enum IndexError: BiomatchError, Hashable {
  /// Two samples have one identifier.
  case duplicateReference(ReferenceID)
  /// The index has no room for more rows.
  case full(limit: Int)
  /// A limit that no search has.
  case limit(Int)
  /// A number of threads that does no work.
  case threads(Int)
  /// A selection that belongs to another snapshot.
  case selection
  /// A probe that was made with other parameters, or by another model, than the index's samples.
  case probeParameters(expected: ParameterDigest, found: ParameterDigest)
  /// Vectors of another dimension than the index's.
  case dimension(expected: Int, found: Int)
  /// Not as many identifiers as samples.
  case identifierCount(expected: Int, found: Int)

  /// The directory holds no index.
  case notAnIndex(path: String)
  /// The manifest is not that of an index of this kind.
  case foreign(path: String, kind: SegmentLabel)
  /// The index has another format than this version of the library knows.
  case unsupportedVersion(path: String, found: Int)
  /// The manifest is not what was written.
  case corruptManifest(path: String)
  /// The samples were described by another algorithm.
  case wrongEngine(path: String, expected: String, found: String)
  /// The samples were described with other parameters, or made by another model.
  case wrongParameters(path: String, expected: ParameterDigest, found: ParameterDigest)
  /// The samples were made by another model than the one asked for.
  case wrongModel(path: String, expected: String, found: String)
  /// The vectors are under another rotation than the one given, by their identifiers; `nil` for none.
  case wrongRotation(path: String, expected: String?, found: String?)
  /// A file that the manifest names is not there.
  case missingFile(path: String)
  /// A file is whole, and not the one that the manifest names.
  case mismatch(path: String)
  /// A row's entry in a section is impossible.
  case corruptRows(path: String, row: Int, section: SegmentLabel)
  /// A segment is damaged, foreign, or cannot be read or written.
  case segment(SegmentError)
  /// A file could not be read or written.
  case file(FileError)

  /// The index is sealed, and no key was given.
  case sealed(path: String)
  /// A key was given, and the index is not sealed.
  case notSealed(path: String)
  /// The index is sealed by another key, or its manifest was changed.
  case wrongKey(path: String)

  /// The directory holds an index already.
  case exists(path: String)
  /// Somebody else is saving to the directory.
  case locked(path: String)
  /// Somebody else has saved to the directory since it was opened.
  case changed(path: String)
  /// The index has no directory yet.
  case neverSaved
}

extension IndexError {
  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .duplicateReference: "index.duplicate-reference"
    case .full: "index.full"
    case .limit: "index.limit"
    case .threads: "index.threads"
    case .selection: "index.selection"
    case .probeParameters: "matcher.parameters"
    case .dimension: "index.dimension"
    case .identifierCount: "index.identifiers"
    case .wrongModel: "index.model"
    case .wrongRotation: "index.rotation"
    case .notAnIndex: "index.none"
    case .foreign: "index.foreign"
    case .unsupportedVersion: "index.version"
    case .corruptManifest: "index.manifest"
    case .wrongEngine: "index.engine"
    case .wrongParameters: "index.parameters"
    case .missingFile: "index.missing-file"
    case .mismatch: "index.mismatch"
    case .corruptRows: "index.rows"
    case .segment(let error): error.code
    case .file(let error): error.code
    case .sealed: "index.sealed"
    case .notSealed: "index.not-sealed"
    case .wrongKey: "index.key"
    case .exists: "index.exists"
    case .locked: "index.locked"
    case .changed: "index.changed"
    case .neverSaved: "index.never-saved"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .duplicateReference: ErrorLocation(field: "reference")
    case .full, .neverSaved: ErrorLocation()
    case .limit: ErrorLocation(field: "limit")
    case .threads: ErrorLocation(field: "threads")
    case .selection: ErrorLocation(field: "selection")
    case .probeParameters: ErrorLocation(field: "parameter digest")
    case .dimension: ErrorLocation(field: "dimension")
    case .identifierCount: ErrorLocation(field: "identifiers")
    case .notAnIndex(let path), .foreign(let path, _), .unsupportedVersion(let path, _),
      .corruptManifest(let path), .wrongEngine(let path, _, _), .wrongParameters(let path, _, _),
      .wrongModel(let path, _, _), .wrongRotation(let path, _, _), .missingFile(let path),
      .mismatch(let path), .exists(let path), .locked(let path), .changed(let path),
      .sealed(let path), .notSealed(let path), .wrongKey(let path):
      ErrorLocation(file: path)
    case .corruptRows(let path, let row, let section):
      ErrorLocation(file: path, field: "row \(row) of section '\(section)'")
    case .segment(let error): error.location
    case .file(let error): error.location
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .duplicateReference(let reference):
      "an index can have one sample of a reference only, found '\(reference)' again"
    case .full(let limit): "an index can have at most \(limit) rows"
    case .limit(let found):
      "a search must list 1 to \(Candidate.longestList) candidates, found \(found)"
    case .threads(let found): "work needs at least one thread, found \(found)"
    case .selection: "rows must be selected from the snapshot that is searched"
    case .probeParameters(let expected, let found), .wrongParameters(_, let expected, let found):
      "samples compare only under equal parameters: expected \(expected), found \(found)"
    case .notAnIndex: "the directory has no \(IndexFileName.manifest)"
    case .foreign(_, let kind): "the file is not a manifest of kind '\(kind)'"
    case .unsupportedVersion(_, let found):
      "only indexes of format \(IndexManifest.version) can be read, found format \(found)"
    case .corruptManifest: "the manifest is not what was written"
    case .wrongEngine(_, let expected, let found):
      "an index of engine '\(expected)' is needed, found '\(found)'"
    case .dimension(let expected, let found):
      "vectors for this index must have \(expected) values, found \(found)"
    case .identifierCount(let expected, let found):
      "each of \(expected) samples must have one identifier, found \(found)"
    case .wrongModel(_, let expected, let found):
      "samples compare only when one model made them: expected \(expected), found \(found)"
    case .wrongRotation(_, let expected, let found):
      "vectors compare only under one rotation: expected \(expected ?? "none"), "
        + "found \(found ?? "none")"
    case .missingFile: "a file of the index is missing"
    case .mismatch: "the file is not the one that the index was saved with"
    case .corruptRows: "the entry is damaged: no index has it"
    case .segment(let error): error.rule
    case .file(let error): error.rule
    case .sealed: "the index is sealed, and no key was given"
    case .notSealed: "a sealed index is needed, and this one is not"
    case .wrongKey: "the index is sealed by another key, or somebody has changed its manifest"
    case .exists: "the directory holds an index already"
    case .locked: "another process is saving the index"
    case .changed: "another process has saved the index since it was opened"
    case .neverSaved: "the index has no directory yet"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .duplicateReference:
      "give every sample a reference of its own, or remove the older one first; nothing was added"
    case .full: "split the samples over several indexes"
    case .limit: "choose another limit"
    case .threads: "choose at least one thread, or leave the number out for all processors"
    case .selection: "select the rows again"
    case .probeParameters: "make the probe with the parameters, or by the model, of the index"
    case .dimension: "check that the vectors are of the index's model"
    case .identifierCount: "check that the lists belong to the vectors"
    case .wrongModel: "make the vectors anew by one model, or name the index's if it is the same"
    case .wrongRotation(_, _, let found):
      found == nil ? "open it without a rotation" : "open it with the key that it was built with"
    case .notAnIndex: "check the path"
    case .foreign: "check the path, or \(Self.rebuild)"
    case .unsupportedVersion, .wrongEngine:
      "use the version of the library that saved the index, or build it again with this one"
    case .wrongParameters: "open it with the parameters that it was built with, or build it again"
    case .corruptManifest, .missingFile, .mismatch, .corruptRows: Self.rebuild
    case .segment(let error):
      switch error {
      case .truncated, .corrupt, .missingSection, .foreign, .duplicateReference: Self.rebuild
      default: error.remedy
      }
    case .file(let error): error.remedy
    case .sealed: "open it with the key that it was sealed by"
    case .notSealed:
      "open it without a key if you trust what is there, and save it to another directory with the key"
    case .wrongKey:
      "check that it is the right key; if it is, restore the directory from a backup, or build the "
        + "index again"
    case .exists: "open it and add to it, or choose another directory"
    case .locked: "try again when it is done; nothing was changed"
    case .changed: "open the index again and repeat the changes; nothing was changed"
    case .neverSaved: "save it to a directory"
    }
  }

  private static var rebuild: String {
    "build the index again from the samples, or restore its directory from a backup"
  }

  /// The class of failure.
  public var category: ErrorCategory {
    switch self {
    case .limit, .threads, .selection, .neverSaved, .sealed: .usage
    case .notAnIndex: .missingInput
    case .segment(let error): error.category
    case .file(let error): error.category
    case .exists: .cannotCreate
    case .locked, .changed: .inputOutput
    default: .badData
    }
  }
}

extension IndexError {
  /// Throws ``duplicateReference(_:)`` for the first reference that was there before.
  package static func checkDistinct(
    _ references: some Sequence<ReferenceID>
  ) throws(IndexError) {
    var seen = Set<ReferenceID>(minimumCapacity: references.underestimatedCount)
    for reference in references where !seen.insert(reference).inserted {
      throw .duplicateReference(reference)
    }
  }
}
