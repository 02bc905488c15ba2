/// A finger minutiae record: one or more views of fingers of one person.
///
/// The values are those of the record, in its pixels; nothing is rescaled.
///
/// ```swift
/// let decoded = try MinutiaeDecoder().decode(bytes, file: "alice.iso")
/// for view in decoded.record.views {
///   print(view.position, view.minutiae.count)
/// }
/// ```
public struct MinutiaeRecord: Sendable, Hashable, Codable {
  /// The views, in the record's order; a decoded record has at least one.
  public var views: [FingerView]
  /// The product that wrote the record (ANSI/INCITS 378), or `nil` where the record names none.
  public var product: ProductIdentifier?

  /// A record of those views.
  public init(views: [FingerView], product: ProductIdentifier? = nil) {
    self.views = views
    self.product = product
  }
}

/// The CBEFF product identifier of ANSI/INCITS 378: who wrote the record, with which product.
public struct ProductIdentifier: Sendable, Hashable, Codable {
  /// The registered owner (IBIA number).
  public var owner: UInt16
  /// The product's number, assigned by its owner.
  public var type: UInt16

  /// The product `type` of `owner`.
  public init(owner: UInt16, type: UInt16) {
    self.owner = owner
    self.type = type
  }
}
