import BiomatchCore

/// People that nobody is, in the files of two authorities.
///
/// Names are made of syllables. Some people are in both files; the second authority has some of their
/// values otherwise: misspelt, missing, given names and surname swapped, another document.
struct DemoRecords: Sendable {
  /// A record of a file, and whose it is.
  struct Entry: Sendable, Equatable {
    var person: String
    var surname: String
    var givenNames: String
    var born: String
    var sex: String
    var document: String

    /// The fields behind the identifier.
    var fields: [String] { [surname, givenNames, born, sex, document] }
  }

  static let columns = ["rec_id", "surname", "given_names", "date_of_birth", "sex", "document"]

  private(set) var a: [Entry] = []
  private(set) var b: [Entry] = []

  /// Two files of so many records each; the first half of the first one's people are in both.
  init(count: Int, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for number in 0..<count {
      a.append(Self.person(SyntheticNames.subject(number), &random))
    }
    let shared = count / 2
    b = a[..<shared].map { Self.recorded(anew: $0, &random) }
    for number in count..<count + count - shared {
      b.append(Self.person(SyntheticNames.subject(number), &random))
    }
    a.shuffle(using: &random)
    b.shuffle(using: &random)
  }

  private static let syllables = [
    "ba", "be", "da", "do", "el", "fa", "gri", "ha", "ho", "in", "ja", "ka", "ko", "la", "li",
    "lo", "ma", "mi", "na", "no", "or", "pe", "ra", "ri", "ro", "sa", "se", "sto", "ta", "ti",
    "to", "un", "va", "vi", "wo", "ya", "za", "zu",
  ]
  private static let endings = ["", "n", "r", "s", "t", "k", "l", "sen", "mann", "ov", "ski", "ez"]
  private static let givenNameCount = 300

  private static func person(_ name: String, _ random: inout SeededGenerator) -> Entry {
    let surname = word(2...3, &random) + (endings.randomElement(using: &random) ?? "")
    var given = givenName(&random)
    if Int.random(in: 0..<3, using: &random) == 0 { given += " " + givenName(&random) }
    let (year, month, day) = (
      Int.random(in: 1940...2015, using: &random), Int.random(in: 1...12, using: &random),
      Int.random(in: 1...28, using: &random)
    )
    return Entry(
      person: name,
      surname: surname.uppercased(),
      givenNames: given.uppercased(),
      born: "\(year)-\(SyntheticNames.padded(month, 2))-\(SyntheticNames.padded(day, 2))",
      sex: Bool.random(using: &random) ? "F" : "M",
      document: document(&random)
    )
  }

  /// One of a limited number of names, each as frequent.
  private static func givenName(_ random: inout SeededGenerator) -> String {
    let number = Int.random(in: 0..<givenNameCount, using: &random)
    var names = SeededGenerator(seed: UInt64(number))
    return word(2...3, &names)
  }

  private static func word(
    _ lengths: ClosedRange<Int>,
    _ random: inout SeededGenerator
  ) -> String {
    let length = Int.random(in: lengths, using: &random)
    return (0..<length).map { _ in syllables.randomElement(using: &random) ?? "" }.joined()
  }

  private static func document(_ random: inout SeededGenerator) -> String {
    let letter = Character(Unicode.Scalar(UInt8.random(in: 65...90, using: &random)))
    return "\(letter)\(Int.random(in: 1_000_000...9_999_999, using: &random))"
  }

  /// The same person as the other authority has recorded them.
  private static func recorded(anew entry: Entry, _ random: inout SeededGenerator) -> Entry {
    func happens(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
    var entry = entry
    if happens(25) { entry.surname = misspelt(entry.surname, &random) }
    if happens(15) { entry.givenNames = misspelt(entry.givenNames, &random) }
    if happens(15), let first = entry.givenNames.split(separator: " ").first {
      entry.givenNames = String(first)
    }
    if happens(3) { swap(&entry.surname, &entry.givenNames) }
    if happens(5) { entry.born = String(entry.born.prefix(5)) + "01-01" }
    if happens(3) { entry.born = "" }
    if happens(35) { entry.document = happens(50) ? "" : document(&random) }
    return entry
  }

  private static func misspelt(_ word: String, _ random: inout SeededGenerator) -> String {
    var letters = Array(word)
    let place = Int.random(in: 1..<letters.count, using: &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0: letters.remove(at: place)
    case 1: letters.swapAt(place - 1, place)
    default: letters[place] = Character(Unicode.Scalar(UInt8.random(in: 65...90, using: &random)))
    }
    return String(letters)
  }
}
