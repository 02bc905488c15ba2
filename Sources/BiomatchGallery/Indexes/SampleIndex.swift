import BiomatchCore
import BiomatchFace
import BiomatchFingerprint

/// What the indexes of fingers and of faces have in common.
protocol SampleIndex: Sendable {
  var generation: UInt64 { get }
  var count: Int { get }
  var directory: String? { get }

  @discardableResult
  func remove(_ references: some Sequence<ReferenceID>) throws(IndexError) -> Int
  func save(to directory: String, sealedBy key: IndexKey?) throws(IndexError)
  func save(mergingUpTo rowCount: Int?) throws(IndexError)
  func purge() throws(IndexError)
  func changeKey(to key: IndexKey) throws(IndexError)
}

extension FingerprintIndex: SampleIndex {}
extension FaceIndex: SampleIndex {}

/// Which samples of a gallery an index has.
enum IndexName: Sendable, Hashable {
  case fingers
  case faces(ModelRow)

  /// The name of its directory.
  var directory: String {
    switch self {
    case .fingers: "fingers"
    case .faces(let model): "faces-\(model.number)"
    }
  }

  var kind: SampleKind {
    switch self {
    case .fingers: .finger
    case .faces: .face
    }
  }

  /// Whether the index has the sample.
  func has(_ sample: Sample) -> Bool {
    switch (self, sample) {
    case (.fingers, .finger): true
    case (.faces(let model), .face(let face)): face.model == model.model
    default: false
    }
  }
}

/// Up to where in the gallery's history an index has the samples.
struct IndexPosition: Sendable, Hashable {
  /// The generation.
  var generation: Int64
  /// The greatest number of a sample by then.
  var lastSample: Int64
}
