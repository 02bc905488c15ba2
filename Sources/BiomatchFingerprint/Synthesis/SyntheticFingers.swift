import BiomatchCore

/// A population of fingers that nobody has, for demonstrations, tests and measurements at any scale.
///
/// Finger number 123 of a population, and its impression number 1, are the same bytes on every
/// machine, in whatever order and by however many threads they are made: each is drawn from a random
/// stream of its own, by arithmetic that rounds alike everywhere.
///
/// ```swift
/// let fingers = SyntheticFingers(seed: 7)
/// let finger = fingers.finger(123)
/// let enrolled = fingers.impression(0, of: finger)
/// let probe = fingers.impression(1, of: finger)
/// let score = FingerprintMatcher().compare(probe, enrolled).score
/// ```
///
/// The model is statistical: pattern classes in natural proportions, a flow of ridges around cores
/// and deltas, minutiae along it and where it spreads; impressions that show part of the finger,
/// turned, distorted, with minutiae missed, invented and misplaced.
/// `docs/synthetic-fingerprints.md` describes it and compares its scores with those of real prints.
/// A change of the model or its parameters changes the bytes and is noted in the changelog.
///
/// Never use it to state how accurate a matcher is on people.
public struct SyntheticFingers: Sendable, Hashable {
  /// Names the population.
  public let seed: UInt64
  /// The constants that the population follows.
  public let parameters: SyntheticFingerParameters

  /// The population of that seed.
  ///
  /// - Parameters:
  ///   - seed: Populations of different seeds have nothing in common.
  ///   - parameters: The constants, which ``SyntheticFingerParameters/validate()`` accepts.
  public init(seed: UInt64, parameters: SyntheticFingerParameters = .standard) {
    precondition(parameters.flaw == nil, "the parameters of synthetic fingers are out of range")
    self.seed = seed
    self.parameters = parameters
  }

  /// The finger of that number.
  ///
  /// - Parameter index: 0 or more; there is no last finger.
  /// - Complexity: O(n²) for n minutiae: 20 µs or so for the standard parameters.
  public func finger(_ index: Int) -> MasterFinger {
    precondition(index >= 0, "fingers are numbered from 0")
    var random = SeededGenerator(seed: seed, stream: UInt64(index), 0)
    return MasterFinger(index: index, parameters: parameters, &random)
  }

  /// The impression of that number of a finger of this population, as an extractor gives it.
  ///
  /// - Parameters:
  ///   - number: 0 or more; there is no last impression.
  ///   - finger: What ``finger(_:)`` of this population gave.
  /// - Returns: At most ``FingerprintTemplate/capacity`` minutiae; of a very bad impression, few or
  ///   none.
  /// - Complexity: O(n) for n minutiae of the finger.
  public func impression(_ number: Int, of finger: MasterFinger) -> FingerprintTemplate {
    precondition(number >= 0, "impressions are numbered from 0")
    let random = SeededGenerator(seed: seed, stream: UInt64(finger.index), UInt64(number) + 1)
    return Extraction(of: finger, parameters: parameters, random: random).template
  }
}
