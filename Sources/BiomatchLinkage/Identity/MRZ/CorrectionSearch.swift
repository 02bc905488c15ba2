import BiomatchCore

/// The readings of a zone that its check digits allow.
struct CorrectionSearch {
  /// What one check digit covers.
  private struct Check {
    var positions: [Int]
    var digit: Int
  }

  private let layout: MRZLayout
  private var bytes: [UInt8]
  private let checks: [Check]
  /// Where letters may be digits and digits letters, each under a check digit.
  private let free: [Int]
  private var solutions: [[UInt8]] = []

  /// Puts digits in the place of letters where only digits may stand; `nil` where that is impossible.
  init?(_ characters: MRZCharacters) {
    layout = characters.format.layout
    bytes = characters.bytes
    var number = Array(layout.number)
    var numberDigit = layout.numberCheck
    var optional = Array(layout.optional)
    if let check = layout.longNumberCheck(in: bytes) {
      numberDigit = check
      number += layout.optional.lowerBound..<check
      optional = Array(check + 1..<layout.optional.upperBound)
    }
    var checks = [
      Check(positions: number, digit: numberDigit),
      Check(positions: Array(layout.birth), digit: layout.birthCheck),
      Check(positions: Array(layout.expiry), digit: layout.expiryCheck),
    ]
    var free = number
    if let digit = layout.optionalCheck {
      free += optional
      // Without optional data their check digit may be the filler, which counts as zero.
      let isLeftOut = bytes[optional[0]...digit].allSatisfy { $0 == MRZCharacter.filler }
      if !isLeftOut { checks.append(Check(positions: optional, digit: digit)) }
    }
    if let digit = layout.compositeCheck {
      if layout.optionalCheck == nil { free += optional + Array(layout.secondOptional) }
      checks.append(Check(positions: layout.composite.flatMap(Array.init), digit: digit))
    }
    self.checks = checks
    self.free = free.filter { $0 != numberDigit }
    let digits = Array(layout.birth) + Array(layout.expiry) + checks.map(\.digit)
    for position in digits where isCapital(bytes[position]) {
      guard let digit = OCRConfusion.digit(for: bytes[position]) else { return nil }
      bytes[position] = digit
    }
    for check in checks where !MRZCharacter.isDigit(bytes[check.digit]) { return nil }
  }

  /// The one reading with at most so many more changes in which all check digits hold and the dates are
  /// dates; `nil` when there is none or more than one.
  mutating func onlySolution(maximumChanges: Int) -> [UInt8]? {
    solutions = []
    search(from: 0, changes: maximumChanges, residues: checks.map(residue))
    return solutions.count == 1 ? solutions[0] : nil
  }

  private mutating func search(from start: Int, changes: Int, residues: [Int]) {
    guard solutions.count < 2 else { return }
    if residues.allSatisfy({ $0 == 0 }), MRZDate(bytes, layout.birth) != nil,
      MRZDate(bytes, layout.expiry)?.isComplete ?? false
    {
      solutions.append(bytes)
    }
    guard changes > 0 else { return }
    for index in start..<free.count {
      let position = free[index]
      let read = bytes[position]
      for other in Self.confused(with: read) {
        bytes[position] = other
        let difference = MRZCharacter.value(of: other) - MRZCharacter.value(of: read)
        let changed = zip(checks, residues).map { check, residue in
          check.positions.firstIndex(of: position).map { weight in
            modulo(residue + difference * MRZCheckSum.weight(at: weight))
          } ?? residue
        }
        search(from: index + 1, changes: changes - 1, residues: changed)
      }
      bytes[position] = read
    }
  }

  /// The sum that a check digit asks for less the digit that is there, modulo ten.
  private func residue(_ check: Check) -> Int {
    var sum = MRZCheckSum()
    for position in check.positions { sum.add(bytes[position]) }
    return modulo(sum.digit - MRZCharacter.value(of: bytes[check.digit]))
  }

  private func modulo(_ value: Int) -> Int { (value % 10 + 10) % 10 }

  /// What a character may be instead, as far as a check digit notices.
  private static func confused(with byte: UInt8) -> [UInt8] {
    let others = OCRConfusion.letters(for: byte) + [OCRConfusion.digit(for: byte)].compactMap { $0 }
    return others.filter { other in
      (MRZCharacter.value(of: other) - MRZCharacter.value(of: byte)) % 10 != 0
    }
  }
}
