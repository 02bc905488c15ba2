/// The words of a comparison's picture.
struct MatchWording {
  let match: DrawnMatch
  let pairs: [DrawnMatch.Pair]

  var title: String { "\(match.probe.name) compared with \(match.reference.name)" }

  var decision: String { "\(match.isMatch ? "Match" : "No match"), \(score)" }

  var score: String {
    "score \(PictureWording.short(match.score)), threshold \(PictureWording.short(match.threshold))"
  }

  var pairing: String {
    let counts = "of \(match.probe.marks.count) and \(match.reference.marks.count) minutiae"
    guard !pairs.isEmpty else { return "No pairs \(counts)" }
    let distances = pairs.map(\.distance).sorted()
    let angles = pairs.map { abs($0.angle) * 180 / .pi }.sorted()
    let middle = pairs.count / 2
    return PictureWording.count(pairs.count, "pair", "pairs") + " \(counts); distance left: median "
      + "\(PictureWording.short(distances[middle])) px, largest "
      + "\(PictureWording.short(distances[pairs.count - 1])) px; direction left: median "
      + "\(PictureWording.short(angles[middle]))°, largest \(PictureWording.short(angles[pairs.count - 1]))°"
  }

  /// What the motion does to the probe: the turn, and how far the middle of its image travels.
  var motion: String {
    guard let motion = match.motion else { return "The probe was not laid onto the reference" }
    let image = match.probe.image
    let centre = PicturePoint(x: image.x + image.width / 2, y: image.y + image.height / 2)
    let moved = motion(centre)
    let turn = motion.angle * 180 / .pi
    let right = moved.x - centre.x
    let down = moved.y - centre.y
    let size = PictureWording.short(abs(turn))
    let sense = size == "0" ? "" : turn < 0 ? " clockwise" : " counterclockwise"
    return "The probe turns \(size)°\(sense); its middle moves "
      + "\(PictureWording.short(abs(right))) px \(right < 0 ? "left" : "right") and "
      + "\(PictureWording.short(abs(down))) px \(down < 0 ? "up" : "down") "
      + "(at 500 dpi, 19.7 px a millimetre)"
  }
}
