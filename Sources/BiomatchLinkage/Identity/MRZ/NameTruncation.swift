/// How a name that is too long for its field is shortened.
///
/// ICAO Doc 9303 parts 4 to 7, 4.2.3, leave the method to the issuing State, as long as the first letter
/// of the secondary identifier remains and the field ends with a letter, which says that something may
/// be missing. These are two of its examples.
public enum NameTruncation: Sendable, Hashable {
  /// Components are shortened from the last one backwards, down to their initials: first those of the
  /// secondary identifier, and those of the primary where it leaves no room for the other.
  case initials
  /// The components of the primary identifier are cut to that many letters, 1 at least; then as
  /// ``initials``.
  case fixedLength(Int)

  /// The components as far as they fit into `capacity` characters; all of them when they do.
  ///
  /// The result ends at the last position, with a letter, unless components of one letter each leave a
  /// gap that nothing fills.
  func applied(
    _ primary: [String],
    _ secondary: [String],
    capacity: Int
  ) -> (primary: [String], secondary: [String]) {
    guard NameField.length(primary, secondary) > capacity else { return (primary, secondary) }
    var first = ShortenedComponents(primary)
    var second = ShortenedComponents(secondary)
    if secondary.isEmpty {
      first.shorten(to: capacity)
      first.extend(by: capacity - first.length)
      return (first.texts, [])
    }
    if case .fixedLength(let count) = self { first.cut(to: max(1, count)) }
    // Two fillers and the first letter of the secondary identifier need room.
    first.reduceToInitials(until: capacity - 3)
    second.shorten(to: capacity - first.length - 2)
    var room: Int { capacity - first.length - 2 - second.length }
    second.extend(by: room)
    first.extend(by: room)
    // One position cannot hold a filler and a letter; two can.
    if room == 1, second.canAddInitial, first.dropLetter() { second.addInitial() }
    return (first.texts, second.texts)
  }
}

/// Components of a name, each with the number of letters that are left of it.
private struct ShortenedComponents {
  private let originals: [[UInt8]]
  private var counts: [Int]

  init(_ components: [String]) {
    originals = components.map { Array($0.utf8) }
    counts = originals.map(\.count)
  }

  var length: Int { NameField.length(counts) }

  var texts: [String] {
    zip(originals, counts).map { String(decoding: $0.prefix($1), as: UTF8.self) }
  }

  var canAddInitial: Bool { counts.count < originals.count }

  mutating func addInitial() { counts.append(1) }

  mutating func cut(to letters: Int) { counts = counts.map { min($0, letters) } }

  /// Takes away no more letters than necessary, from the last component backwards; then the last
  /// components.
  mutating func shorten(to room: Int) {
    var excess = length - room
    for index in counts.indices.reversed() where excess > 0 {
      let taken = min(excess, counts[index] - 1)
      counts[index] -= taken
      excess -= taken
    }
    dropComponents(until: room)
  }

  /// Leaves initials of as many components as necessary, from the last backwards; then drops the last.
  mutating func reduceToInitials(until room: Int) {
    for index in counts.indices.reversed() where length > room { counts[index] = 1 }
    dropComponents(until: room)
  }

  private mutating func dropComponents(until room: Int) {
    while length > room, counts.count > 1 { counts.removeLast() }
  }

  /// Gives letters back, to the first component that lacks some first.
  mutating func extend(by letters: Int) {
    var left = letters
    for index in counts.indices where left > 0 {
      let given = min(left, originals[index].count - counts[index])
      counts[index] += given
      left -= given
    }
  }

  /// Takes a letter from the last component that has more than one.
  mutating func dropLetter() -> Bool {
    guard let index = counts.lastIndex(where: { $0 > 1 }) else { return false }
    counts[index] -= 1
    return true
  }
}
