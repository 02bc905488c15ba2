import Biomatch
import BiomatchCore
import BiomatchFace

/// Whose faces are enrolled in the demonstration, and whose are searched for.
///
/// The first samples of the first identities are enrolled; second samples of some of them, spread evenly,
/// are the mated probes; samples of the identities behind them the non-mated ones.
struct DemoFacePopulation: Sendable {
  let faces: SyntheticFaces
  /// How many identities are enrolled.
  let count: Int
  /// How many non-mated probes there are, and how many mated ones where there are as many identities.
  let probes: Int

  /// How many mated probes there are.
  var matedCount: Int { min(probes, count) }

  /// The identifiers of enrolled identities.
  func names(
    _ range: Range<Int>
  ) throws -> (references: [ReferenceID], subjects: [SubjectID]) {
    (
      try range.map { try Self.reference($0) },
      try range.map { try SubjectID(SyntheticNames.subject($0)) }
    )
  }

  /// Second samples of enrolled identities.
  func mated() throws -> FaceVectors {
    try FaceVectors(
      dimension: faces.parameters.dimension,
      values: (0..<matedCount).flatMap { faces.vector(identity: mate($0), sample: 1) }
    )
  }

  /// The reference of the face that a mated probe is of.
  func mate(ofProbe number: Int) throws -> ReferenceID { try Self.reference(mate(number)) }

  /// Samples of identities that are not enrolled.
  func nonMated() -> FaceVectors { faces.vectors(identities: count..<count + probes) }

  private func mate(_ probe: Int) -> Int { probe * count / matedCount }

  private static func reference(_ identity: Int) throws -> ReferenceID {
    try ReferenceID(SyntheticNames.face(identity: identity, sample: 0))
  }
}
