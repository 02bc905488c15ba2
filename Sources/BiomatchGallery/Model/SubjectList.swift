/// A list of subjects, a watch list for example, with what it is for; all of it stays in clear.
public struct SubjectList: Sendable, Hashable, Codable {
  /// Its name, unique in the gallery.
  public var name: Label
  /// What it is kept for.
  public var purpose: String
  /// The law or decision that allows it.
  public var legalBasis: String

  /// A list of those parts.
  public init(name: Label, purpose: String, legalBasis: String) {
    self.name = name
    self.purpose = purpose
    self.legalBasis = legalBasis
  }
}
