/// A print as a picture shows it: minutiae at 500 dpi and the words beside them.
public struct DrawnPrint: Sendable, Hashable {
  /// One minutia of the picture.
  public struct Mark: Sendable, Hashable {
    /// What kind of ridge event it is.
    public var kind: Minutia.Kind
    /// Distance from the left edge in pixels at 500 dpi.
    public var x: Double
    /// Distance from the top edge in pixels at 500 dpi; y grows downward.
    public var y: Double
    /// Direction in radians, counterclockwise from the positive x axis.
    public var angle: Double
    /// Quality 1...100, or `nil` where none is reported.
    public var quality: Int?

    /// A mark with the given values.
    public init(kind: Minutia.Kind, x: Double, y: Double, angle: Double, quality: Int? = nil) {
      self.kind = kind
      self.x = x
      self.y = y
      self.angle = angle
      self.quality = quality
    }
  }

  /// What the print is called, a file name for example.
  public var name: String
  /// Which finger.
  public var position: FingerPosition
  /// Overall quality 0...100, or `nil` where none is reported.
  public var quality: Int?
  /// Image width in pixels at 500 dpi.
  public var width: Double
  /// Image height in pixels at 500 dpi.
  public var height: Double
  /// The minutiae; pairs of a match refer to them by index.
  public var marks: [Mark]

  /// A print with the given values.
  public init(
    name: String,
    position: FingerPosition = .unknown,
    quality: Int? = nil,
    width: Double,
    height: Double,
    marks: [Mark]
  ) {
    self.name = name
    self.position = position
    self.quality = quality
    self.width = width
    self.height = height
    self.marks = marks
  }

  /// The print of a decoded view, brought to 500 dpi from the view's resolution; a resolution of
  /// zero counts as 500 dpi.
  public init(view: FingerView, name: String) {
    let scaleX = 197 / Double(view.resolutionX > 0 ? view.resolutionX : 197)
    let scaleY = 197 / Double(view.resolutionY > 0 ? view.resolutionY : 197)
    self.init(
      name: name,
      position: view.position,
      quality: view.quality.map(Int.init),
      width: Double(view.width) * scaleX,
      height: Double(view.height) * scaleY,
      marks: view.minutiae.map {
        Mark(
          kind: $0.kind,
          x: Double($0.x) * scaleX,
          y: Double($0.y) * scaleY,
          angle: $0.angle.degrees * .pi / 180,
          quality: $0.quality.map(Int.init)
        )
      }
    )
  }
}
