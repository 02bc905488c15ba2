import BiomatchCore
import BiomatchFace
import Testing

@Suite("Unlinkability of rotated faces")
struct UnlinkabilityTests {
  private static let dimension = 128
  private static let people = 250
  private static let keyPairs = 16

  /// Cosines between databases of the same vectors under two keys, over pairs of keys.
  private static func scores() throws -> (mated: [Double], nonMated: [Double]) {
    let faces = SyntheticFaces(seed: 1, parameters: .fullRank(dimension: dimension))
    let matcher = FaceMatcher()
    var (mated, nonMated): ([Double], [Double]) = ([], [])
    for pair in 0..<keyPairs {
      let rows = faces.vectors(identities: pair * people..<(pair + 1) * people)
      let databases = try (0..<2).map { side in
        UnitFaceVectors(
          rows,
          rotation: try Rotations.rotation(seed: UInt64(2 * pair + side), dimension: dimension)
        )
      }
      for row in 0..<people {
        let scores = matcher.scores(of: databases[0], row, with: databases[1], rows: 0..<people)
        mated.append(Double(scores[row]))
        nonMated += (1...20).map { Double(scores[(row + $0) % people]) }
      }
    }
    return (mated, nonMated)
  }

  /// The same vectors are compared, which an attacker at best finds: one image in both databases. For one
  /// pair of keys the scores of all mated pairs are shifted by the trace of the map between them over d,
  /// hence several pairs of keys.
  @Test("one face under two keys scores as two strangers do")
  func unlinkable() throws {
    let (mated, nonMated) = try Self.scores()
    let deviation = 1 / Double(Self.dimension).squareRoot()
    for scores in [mated, nonMated] {
      #expect(abs(Rotations.mean(scores)) < 0.01)
      #expect(abs(Rotations.variance(scores).squareRoot() - deviation) < 0.05 * deviation)
    }
    #expect(abs(Rotations.share(of: mated, above: nonMated) - 0.5) < 0.02)
  }
}
