import BiomatchCore
import BiomatchFace
import BiomatchFingerprint

/// The indexes of a gallery, all of one generation.
struct IndexSet: Sendable {
  var position: IndexPosition
  private(set) var fingers: KeptIndex
  private(set) var faces: [FaceModel: KeptIndex]

  init(_ position: IndexPosition, _ indexes: [KeptIndex]) {
    self.position = position
    var faces: [FaceModel: KeptIndex] = [:]
    var fingers: KeptIndex?
    for index in indexes {
      switch index.name {
      case .fingers: fingers = index
      case .faces(let model): faces[model.model] = index
      }
    }
    guard let fingers else { preconditionFailure("there is always an index of fingers") }
    self.fingers = fingers
    self.faces = faces
  }

  /// All of them.
  var all: [KeptIndex] { [fingers] + faces.values }

  /// How many samples of a kind there are.
  func count(_ kind: SampleKind) -> Int {
    all.filter { $0.name.kind == kind }.reduce(0) { $0 + $1.index.count }
  }

  /// Adds an index of faces.
  mutating func add(_ index: KeptIndex) {
    guard case .faces(let model) = index.name else { return }
    faces[model.model] = index
  }

  /// The models of faces among the samples that have no index yet.
  func newModels(_ added: [GalleryCommit.Added]) -> Set<FaceModel> {
    var models: Set<FaceModel> = []
    for case .face(let face) in added.lazy.map(\.stored.sample) where faces[face.model] == nil {
      models.insert(face.model)
    }
    return models
  }

  /// Follows a change of the gallery.
  ///
  /// - Throws: ``DamagedIndex``, or why a sample cannot be indexed.
  mutating func apply(_ commit: GalleryCommit) throws {
    for kept in all {
      let removed = commit.removed.filter { $0.kind == kept.name.kind }
      try DamagedIndex.naming(kept.name) {
        if !removed.isEmpty { try kept.index.remove(removed.map(\.reference)) }
        try kept.append(commit.added)
      }
    }
    position = IndexPosition(
      generation: commit.generation,
      lastSample: commit.added.last?.stored.number ?? position.lastSample
    )
  }

  /// The indexes with the marks that they get when they are saved.
  var marked: [(index: KeptIndex, mark: IndexMark)] { all.map { ($0, $0.mark(position)) } }

  /// What searches see.
  var moment: IndexMoment {
    var faces: [FaceModel: FaceSnapshot] = [:]
    for (model, kept) in self.faces {
      if case .faces(let index) = kept.rows { faces[model] = index.snapshot() }
    }
    guard case .fingers(let index) = fingers.rows else {
      preconditionFailure("the index of fingers has fingers")
    }
    return IndexMoment(
      generation: position.generation,
      fingers: index.snapshot(),
      faces: faces,
      names: self.faces.mapValues(\.name)
    )
  }
}

/// An index whose content is damaged: it is to be made anew.
struct DamagedIndex: Error {
  let name: IndexName
  let error: IndexError

  /// Runs `body`, of whose errors those that tell of damage get the index's name.
  static func naming<Result>(_ name: IndexName, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as IndexError where error.isDamage {
      throw DamagedIndex(name: name, error: error)
    }
  }
}

extension IndexError {
  /// Whether the index is not what was written, rather than something that was asked of it.
  var isDamage: Bool {
    switch self {
    case .segment, .corruptRows, .corruptManifest, .missingFile, .mismatch, .wrongKey, .changed,
      .duplicateReference, .notAnIndex, .foreign, .file:
      true
    default: false
    }
  }
}
