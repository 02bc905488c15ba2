/// How much of a gallery a search has looked at; every search answer carries one.
public struct Coverage: Sendable, Hashable, Codable {
  /// How many stored samples were compared with the probe.
  public let searched: Int
  /// How many there were that the search should have compared, after filters.
  public let total: Int
  /// The state of the gallery that was searched; every change of its content counts it up.
  public let generation: UInt64

  /// A coverage of `searched` out of `total`, where neither is negative and the first not larger.
  public init(searched: Int, total: Int, generation: UInt64) {
    precondition(0 <= searched && searched <= total, "a search covers a part of its gallery")
    self.searched = searched
    self.total = total
    self.generation = generation
  }

  /// Whether nothing was left out: without it "no candidate" does not mean "not in the gallery".
  public var isComplete: Bool { searched == total }

  /// Decodes by the rules of ``init(searched:total:generation:)``.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    searched = try container.decode(Int.self, forKey: .searched)
    total = try container.decode(Int.self, forKey: .total)
    generation = try container.decode(UInt64.self, forKey: .generation)
    guard 0 <= searched, searched <= total else {
      throw DecodingError.dataCorruptedError(
        forKey: .searched,
        in: container,
        debugDescription: "a search covers a part of its gallery"
      )
    }
  }
}
