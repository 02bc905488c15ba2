/// What becomes of titles and suffixes that are written with a name.
public enum NameTitles: String, Sendable, Hashable, Codable, CaseIterable {
  /// They are left out, as long as something of the identifier remains.
  case omitted
  /// They are kept as components of the secondary identifier, behind the others.
  case kept

  private static let before: Set = ["DR", "PROF", "SIR", "MR", "MRS", "MS"]
  private static let behind: Set = ["JR", "SR", "II", "III", "IV"]

  func applied(
    to primary: [String],
    _ secondary: [String]
  ) -> (primary: [String], secondary: [String]) {
    let first = Self.parted(primary)
    let second = Self.parted(secondary)
    switch self {
    case .omitted: return (first.name, second.name)
    case .kept: return (first.name, second.name + first.titles + second.titles)
    }
  }

  private static func parted(_ components: [String]) -> (name: [String], titles: [String]) {
    var name = components[...]
    var titles: [String] = []
    while name.count > 1, let first = name.first, before.contains(first) {
      titles.append(first)
      name.removeFirst()
    }
    while name.count > 1, let last = name.last, behind.contains(last) {
      titles.append(last)
      name.removeLast()
    }
    return (Array(name), titles)
  }
}
