/// The sex that a document states, by its letter there.
public enum Sex: String, Sendable, Hashable, Codable, CaseIterable {
  /// Female.
  case female = "F"
  /// Male.
  case male = "M"
  /// Not stated, or neither: `X` on the page of a document, `<` in its machine-readable zone.
  case unspecified = "X"
}
