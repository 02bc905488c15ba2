import BiomatchCore

/// The pattern class of a finger, after Henry.
public enum PatternClass: UInt8, Sendable, Hashable, Codable, CaseIterable {
  /// Ridges run from side to side and rise in the middle.
  case arch
  /// Ridges run from side to side over an upright core.
  case tentedArch
  /// Ridges come from the left of the print, turn back and leave to the left.
  case leftLoop
  /// Ridges come from the right of the print, turn back and leave to the right.
  case rightLoop
  /// Ridges run around the middle.
  case whorl
}

extension PatternClass {
  /// Arches of both kinds and whorls in per cent of the fingers of each position, right thumb to left
  /// little finger; the rest are loops.
  ///
  /// Source: F. Galton, "Finger Prints", Macmillan 1892, chapter VIII, table I: 5,000 fingers of 500
  /// persons.
  private static let arches: [Double] = [3, 17, 7, 2, 1, 5, 17, 8, 3, 2]
  private static let whorls: [Double] = [44, 30, 15, 45, 13, 30, 28, 16, 31, 8]

  /// Tented arches among all arches: 2.9 of 6.6 %.
  ///
  /// Source: C. L. Wilson, G. T. Candela, C. I. Watson, "Neural network fingerprint classification",
  /// Journal of Artificial Neural Networks 1(2), 1993: 3.7 % arches, 2.9 % tented arches, 33.8 % left
  /// loops, 31.7 % right loops and 27.9 % whorls in the files of the FBI.
  private static let tented = 0.44

  /// Loops that open toward the thumb among all loops of an index finger (Galton, 42 of 108) and of
  /// any other finger (what remains of 5.4 % of all fingers after S. B. Holt, "The Genetics of Dermal
  /// Ridges", Thomas 1968).
  private static let radialOfIndex = 0.39
  private static let radialOfOthers = 0.02

  /// A class drawn in natural proportions for a finger position; for positions that name no single
  /// finger, those of a finger drawn at random.
  static func drawn(for position: FingerPosition, _ random: inout SeededGenerator) -> PatternClass {
    let code = Int(position.rawValue)
    let any = Int(random.uniform() * 10)
    let digit = (1...10).contains(code) ? code - 1 : any
    let value = 100 * random.uniform()
    if value < arches[digit] {
      return value < tented * arches[digit] ? .tentedArch : .arch
    }
    if value < arches[digit] + whorls[digit] { return .whorl }
    let isIndex = digit % 5 == 1
    let isRadial = random.uniform() < (isIndex ? radialOfIndex : radialOfOthers)
    // The print of a right hand has the little finger's side on its right.
    let isRightHand = digit < 5
    return isRadial == isRightHand ? .leftLoop : .rightLoop
  }
}
