import Foundation

/// A rectangle, of a print in pixels at 500 dpi or on the canvas.
struct PictureBox: Hashable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var right: Double { x + width }
  var bottom: Double { y + height }

  /// The smallest box around the points, or `nil` without any.
  init?(around points: [PicturePoint]) {
    guard let first = points.first else { return nil }
    var low = first
    var high = first
    for point in points.dropFirst() {
      low = PicturePoint(x: min(low.x, point.x), y: min(low.y, point.y))
      high = PicturePoint(x: max(high.x, point.x), y: max(high.y, point.y))
    }
    self.init(x: low.x, y: low.y, width: high.x - low.x, height: high.y - low.y)
  }

  init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  var corners: [PicturePoint] {
    [
      PicturePoint(x: x, y: y), PicturePoint(x: right, y: y),
      PicturePoint(x: right, y: bottom), PicturePoint(x: x, y: bottom),
    ]
  }
}

/// A point, y downward.
struct PicturePoint: Hashable {
  var x: Double
  var y: Double
}

/// Maps a part of a print to a box of the canvas, with one scale for both axes, centred.
struct PictureMapping {
  let source: PictureBox
  let target: PictureBox
  let scale: Double

  /// The mapping that shows all of `source` within `target`, or with the given scale.
  init(from source: PictureBox, into target: PictureBox, scale: Double? = nil) {
    self.source = source
    self.target = target
    self.scale = scale ?? Self.fit(source, width: target.width, height: target.height)
  }

  /// The largest scale at which `source` fits.
  static func fit(_ source: PictureBox, width: Double, height: Double) -> Double {
    min(width / max(source.width, 1), height / max(source.height, 1), 3)
  }

  func point(_ x: Double, _ y: Double) -> PicturePoint {
    PicturePoint(
      x: target.x + target.width / 2 + (x - source.x - source.width / 2) * scale,
      y: target.y + target.height / 2 + (y - source.y - source.height / 2) * scale
    )
  }

  func box(_ box: PictureBox) -> PictureBox {
    let corner = point(box.x, box.y)
    return PictureBox(
      x: corner.x,
      y: corner.y,
      width: box.width * scale,
      height: box.height * scale
    )
  }
}

extension DrawnPrint {
  /// The image, without which the minutiae's own extent stands in.
  var image: PictureBox {
    if width > 0, height > 0 { return PictureBox(x: 0, y: 0, width: width, height: height) }
    return PictureBox(around: marks.map { PicturePoint(x: $0.x, y: $0.y) })
      ?? PictureBox(x: 0, y: 0, width: 100, height: 100)
  }

  /// The image together with minutiae that a faulty record puts outside it.
  var extent: PictureBox {
    PictureBox(around: image.corners + marks.map { PicturePoint(x: $0.x, y: $0.y) }) ?? image
  }
}

extension DrawnPrint {
  /// The part of the extent that holds the minutiae, with room around them: a print often fills a
  /// small part of its image.
  var detail: PictureBox {
    let room = 28.0
    guard let tight = PictureBox(around: marks.map { PicturePoint(x: $0.x, y: $0.y) }) else {
      return image
    }
    let extent = self.extent
    let x = max(extent.x, tight.x - room)
    let y = max(extent.y, tight.y - room)
    return PictureBox(
      x: x,
      y: y,
      width: min(extent.right, tight.right + room) - x,
      height: min(extent.bottom, tight.bottom + room) - y
    )
  }
}

extension DrawnMatch.Motion {
  /// Where the motion takes a point.
  func callAsFunction(_ point: PicturePoint) -> PicturePoint {
    let cosine = cos(angle)
    let sine = sin(angle)
    return PicturePoint(
      x: cosine * point.x + sine * point.y + x,
      y: -sine * point.x + cosine * point.y + y
    )
  }
}
