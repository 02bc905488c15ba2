import BiomatchCore
import BiomatchLinkage

/// Made-up zones of every shape that fits.
struct RandomMRZ {
  private(set) var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func next(_ format: MRZFormat) throws -> MRZ {
    let number = try documentNumber(format)
    // A long number takes of the room for optional data.
    let taken = number.count > 9 ? number.count - 9 + 2 : 0
    let room = optionalCapacity(format) - taken
    return MRZ(
      format: format,
      documentCode: documentCode(format),
      issuer: try country(),
      name: try name(fitting: format.nameCapacity),
      documentNumber: number,
      nationality: try country(),
      birthDate: MRZDate(try date(mayBeUnknown: true)),
      sex: Sex.allCases.randomElement(using: &generator)!,
      expiryDate: MRZDate(try date(mayBeUnknown: false)),
      optionalData: text(0...room),
      secondOptionalData: format == .td1 ? text(0...11) : ""
    )
  }

  mutating func name(fitting capacity: Int) throws -> PersonName {
    while true {
      let name = try PersonName(components: components(1...3), components(0...3))
      let length =
        name.primary.joined(separator: "<").count
        + (name.secondary.isEmpty ? 0 : 2 + name.secondary.joined(separator: "<").count)
      if length <= capacity { return name }
    }
  }

  mutating func components(_ counts: ClosedRange<Int>, letters: ClosedRange<Int> = 1...14)
    -> [String]
  {
    (0..<Int.random(in: counts, using: &generator)).map { _ in
      let count = Int.random(in: letters, using: &generator)
      return String((0..<count).map { _ in Self.letters.randomElement(using: &generator)! })
    }
  }

  private mutating func documentNumber(_ format: MRZFormat) throws -> String {
    let capacity = format == .td1 ? 22 : format == .td2 ? 14 : 9
    let count = Int.random(in: 1...capacity, using: &generator)
    var characters = (0..<count).map { _ in Self.characters.randomElement(using: &generator)! }
    if (3...9).contains(count), Bool.random(using: &generator) { characters[1] = "<" }
    return String(characters)
  }

  private mutating func text(_ counts: ClosedRange<Int>) -> String {
    let count = Int.random(in: counts, using: &generator)
    var characters = (0..<count).map { _ in Self.characters.randomElement(using: &generator)! }
    if count > 2, Bool.random(using: &generator) { characters[count / 2] = "<" }
    return String(characters)
  }

  private func optionalCapacity(_ format: MRZFormat) -> Int {
    switch format {
    case .td1: 15
    case .td2: 7
    case .td3: 14
    case .mrvA: 16
    case .mrvB: 8
    }
  }

  private mutating func documentCode(_ format: MRZFormat) -> String {
    switch format {
    case .td3: ["P", "PP", "PD", "PO"].randomElement(using: &generator)!
    case .mrvA, .mrvB: ["V", "VC", "V1"].randomElement(using: &generator)!
    case .td1, .td2: ["I", "ID", "A", "C", "IR"].randomElement(using: &generator)!
    }
  }

  private mutating func country() throws -> CountryCode {
    try CountryCode(["UTO", "D", "GRC", "XXB", "UNO"].randomElement(using: &generator)!)
  }

  private mutating func date(mayBeUnknown: Bool) throws -> PartialDate {
    func part(_ range: ClosedRange<Int>) -> Int? {
      mayBeUnknown && Int.random(in: 0...4, using: &generator) == 0
        ? nil : Int.random(in: range, using: &generator)
    }
    return try PartialDate(year: part(1930...2029), month: part(1...12), day: part(1...28))
  }

  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
  private static let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
}
