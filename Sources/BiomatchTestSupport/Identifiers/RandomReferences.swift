import BiomatchCore

extension ReferenceID {
  /// A random reference of few letters, of which some are prefixes of others.
  package static func random(
    using random: inout SeededGenerator,
    prefix: String = ""
  ) throws -> ReferenceID {
    let letters = Array("abé🙂")
    let name = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      letters.randomElement(using: &random) ?? "a"
    }
    return try ReferenceID(prefix + String(name))
  }
}
