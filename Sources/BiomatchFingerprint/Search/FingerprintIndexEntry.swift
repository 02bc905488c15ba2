import BiomatchCore

/// A print as it is put into a ``FingerprintIndex``.
public struct FingerprintIndexEntry: Sendable, Hashable, Codable {
  /// The sample's identifier, which no other print of the index has.
  public var reference: ReferenceID
  /// The person whose print it is.
  public var subject: SubjectID
  /// Which finger.
  public var position: FingerPosition
  /// The print.
  public var template: FingerprintTemplate

  /// An entry of the given parts; the position is the template's unless told.
  public init(
    reference: ReferenceID,
    subject: SubjectID,
    position: FingerPosition? = nil,
    template: FingerprintTemplate
  ) {
    self.reference = reference
    self.subject = subject
    self.position = position ?? template.position
    self.template = template
  }
}
