import BiomatchCore
import BiomatchFace
import BiomatchFingerprint
import Synchronization

/// What searches see of a gallery's indexes at one generation.
struct IndexMoment: Sendable {
  let generation: Int64
  let fingers: FingerprintSnapshot
  let faces: [FaceModel: FaceSnapshot]
  /// Which index each model's faces are of.
  let names: [FaceModel: IndexName]
  let selections = KeptSelections()
}

/// Rows that were chosen by lists and categories, kept for the next search of the same ones.
final class KeptSelections: Sendable {
  struct Key: Hashable {
    let lists: Set<Label>?
    let categories: Set<Label>?
    /// `nil` for fingers.
    let model: FaceModel?
  }

  /// More are forgotten: a selection takes a bit a row.
  private static let limit = 64
  private let kept = Mutex<[Key: RowSelection]>([:])

  subscript(key: Key) -> RowSelection? {
    get { kept.withLock { $0[key] } }
    set {
      kept.withLock { kept in
        if kept.count >= Self.limit { kept.removeAll() }
        kept[key] = newValue
      }
    }
  }
}
