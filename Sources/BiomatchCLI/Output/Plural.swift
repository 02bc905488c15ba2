/// Numbers of things for people.
enum Plural {
  /// `1 print`, `2 prints`.
  static func text(_ count: Int, _ thing: String) -> String {
    "\(count) \(thing)\(count == 1 ? "" : "s")"
  }
}
