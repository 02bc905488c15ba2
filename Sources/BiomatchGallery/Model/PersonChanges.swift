import BiomatchCore

/// What an update changes of a person; what is not mentioned stays.
public struct PersonChanges: Sendable, Hashable {
  /// What becomes of the category.
  public enum CategoryChange: Sendable, Hashable {
    /// It stays.
    case keep
    /// It becomes another, or none.
    case set(Label?)
  }

  /// What becomes of the category.
  public var category: CategoryChange
  /// The lists that the person is on from now on; `nil` to leave them.
  public var lists: Set<Label>?
  /// The demographics from now on, all of them; `nil` to leave them.
  public var demographics: Demographics?
  /// The conditions of fingers from now on; `nil` to leave them.
  public var fingers: [FingerStatus]?
  /// Samples to be removed.
  public var removed: [ReferenceID]
  /// Samples to be added, after those are removed: one may take the reference of another.
  public var added: [Sample]

  /// Changes of those parts.
  public init(
    category: CategoryChange = .keep,
    lists: Set<Label>? = nil,
    demographics: Demographics? = nil,
    fingers: [FingerStatus]? = nil,
    removed: [ReferenceID] = [],
    added: [Sample] = []
  ) {
    self.category = category
    self.lists = lists
    self.demographics = demographics
    self.fingers = fingers
    self.removed = removed
    self.added = added
  }
}
