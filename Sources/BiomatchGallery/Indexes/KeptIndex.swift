import BiomatchCore
import BiomatchFace
import BiomatchFingerprint

/// An open index of some of the gallery's samples.
struct KeptIndex: Sendable {
  enum Rows: Sendable {
    case fingers(FingerprintIndex)
    case faces(FaceIndex)
  }

  let name: IndexName
  let rows: Rows
  /// Up to where it has the samples; `nil` for nowhere yet.
  var position: IndexPosition?

  var index: any SampleIndex {
    switch rows {
    case .fingers(let index): index
    case .faces(let index): index
    }
  }

  /// An empty index, in memory until it is saved.
  init(new name: IndexName, matcher: FingerprintMatcher) throws {
    self.name = name
    switch name {
    case .fingers: rows = .fingers(FingerprintIndex(matcher: matcher))
    case .faces(let model):
      rows = .faces(try FaceIndex(model: model.model, dimension: model.dimension))
    }
  }

  /// The index that is saved.
  ///
  /// - Throws: `IndexError`; ``Unmarked`` where it cannot be told which samples it has.
  init(opening name: IndexName, _ place: IndexPlace, matcher: FingerprintMatcher) throws {
    // The mark first: another process may save meanwhile, and the index is then ahead of the mark.
    guard let mark = place.mark(name) else { throw Unmarked() }
    self.name = name
    position = mark.position
    let (directory, key) = (place.directory(name), place.keys?.index)
    switch name {
    case .fingers:
      rows = .fingers(
        try FingerprintIndex(opening: directory, matcher: matcher, sealedBy: key)
      )
    case .faces(let model):
      rows = .faces(try FaceIndex(opening: directory, model: model.model, sealedBy: key))
    }
    guard index.generation >= mark.indexGeneration else { throw Unmarked() }
  }

  /// A saved index without a mark that belongs to it.
  struct Unmarked: Error, CustomStringConvertible {
    let description = "there is no mark that says which samples the index has"
  }

  // MARK: Rows

  /// Adds those of the samples that the index is to have.
  ///
  /// The records see to it that no two samples have a reference: what the index has saved is not looked
  /// through for each.
  ///
  /// - Parameter replacing: whether it may have them already.
  func append(_ added: [GalleryCommit.Added], replacing: Bool = false) throws {
    let added = added.filter { name.has($0.stored.sample) }
    guard !added.isEmpty else { return }
    let references = added.map(\.stored.sample.reference)
    if replacing { try index.remove(references) }
    // A thread takes longer to start than it takes to describe a few prints.
    let threads = added.count < 64 ? 1 : ParallelScan.processorCount
    switch rows {
    case .fingers(let index):
      try index.append(
        try added.compactMap { try $0.fingerprint() },
        areNew: true,
        threads: threads
      )
    case .faces(let index):
      var values: [Float] = []
      values.reserveCapacity(added.count * index.dimension)
      for case .face(let face) in added.lazy.map(\.stored.sample) { values += face.vector }
      try index.append(
        references: references,
        subjects: added.map(\.stored.subject),
        vectors: try FaceVectors(dimension: index.dimension, values: values),
        areNew: true,
        threads: threads
      )
    }
  }

  // MARK: Files

  /// What the mark says when the index is saved as it is now, or later.
  func mark(_ position: IndexPosition) -> IndexMark {
    IndexMark(position: position, indexGeneration: index.generation)
  }

  /// Saves the index, then its mark.
  func save(_ mark: IndexMark, _ place: IndexPlace) throws {
    try saveRows(place)
    try place.write(mark, name)
  }

  /// Segments of more rows are not merged: an erasure writes those anew that have a sample of the subject.
  private static let mergedRows = 1 << 14

  /// Saves the index, and leaves the mark as it is.
  func saveRows(_ place: IndexPlace) throws {
    if index.directory == nil {
      try place.create()
      try place.remove(name.directory)
      try index.save(to: place.directory(name), sealedBy: place.keys?.index)
    } else {
      try index.save(mergingUpTo: Self.mergedRows)
    }
  }

  /// Removes what was removed for good, also from what is saved.
  func purge(_ mark: IndexMark, _ place: IndexPlace) throws {
    try index.purge()
    if index.directory != nil { try place.write(mark, name) }
  }
}

extension GalleryCommit.Added {
  /// The row of a finger; `nil` for a face.
  fileprivate func fingerprint() throws -> FingerprintIndexEntry? {
    guard case .finger(let finger) = stored.sample else { return nil }
    let template = try template ?? finger.storedTemplate(of: stored.subject)
    return FingerprintIndexEntry(
      reference: finger.reference,
      subject: stored.subject,
      position: finger.position,
      template: template
    )
  }

  /// The sample with its minutiae, if it is a finger.
  func decoded() throws -> GalleryCommit.Added {
    guard case .finger(let finger) = stored.sample, template == nil else { return self }
    return Self(stored: stored, template: try finger.storedTemplate(of: stored.subject))
  }
}

extension FingerSample {
  /// The minutiae of a sample that a gallery has: what was repaired when it was enrolled is repaired anew.
  ///
  /// - Throws: ``GalleryError/unreadable(subject:reference:)``.
  func storedTemplate(of subject: SubjectID) throws -> FingerprintTemplate {
    try GalleryError.reading(subject, reference) {
      let decoder = MinutiaeDecoder(strictness: .lenient, format: format, context: context)
      let views = try decoder.decode(record).record.views
      guard views.indices.contains(view) else {
        throw GalleryError.view(reference, view: view, count: views.count)
      }
      var found = views[view]
      found.position = position ?? found.position
      return try FingerprintTemplate(view: found)
    }
  }
}
