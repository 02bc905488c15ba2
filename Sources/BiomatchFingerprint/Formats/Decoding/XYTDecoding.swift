import BiomatchCore

extension RecordDecoding {
  /// NBIS `.xyt`: `x y theta [quality]` in whole numbers, one minutia a line.
  ///
  /// Against ISO/IEC 19794-2, y counts upward from the bottom edge of the image, and theta is turned
  /// by half a turn.
  mutating func xyt(in context: RecordContext?) throws(MinutiaeFormatError) -> MinutiaeRecord {
    let context = try usable(context)
    var view = FingerView(context: context)
    var line = 0
    while !reader.isAtEnd {
      line += 1
      let start = reader.offset
      let numbers = try numbers(line: line)
      if numbers.isEmpty { continue }
      guard numbers.count == 3 || numbers.count == 4 else {
        throw malformedLine(line, start, "the line has \(numbers.count) numbers, not 3 or 4")
      }
      let y = context.height - numbers[1]
      guard (0...0xFFFF).contains(numbers[0]), (0...0xFFFF).contains(y) else {
        throw malformed(
          .coordinate,
          at: start,
          "x and y",
          "line \(line) places a minutia at \(numbers[0]) from the left and \(y) from the top "
            + "of an image \(context.height) high"
        )
      }
      minutiaIndex = view.minutiae.count + 1
      view.minutiae.append(
        Minutia(
          kind: .other,
          x: numbers[0],
          y: y,
          angle: try theta(numbers[2], at: start),
          quality: try quality(numbers.count == 4 ? numbers[3] : nil, at: start)
        )
      )
    }
    minutiaIndex = nil
    try checkImageSize(&view, at: 0)
    return MinutiaeRecord(views: [view])
  }

  private mutating func theta(
    _ degrees: Int,
    at offset: Int
  ) throws(MinutiaeFormatError) -> MinutiaAngle {
    let angle = MinutiaAngle(steps: degrees + 180, per: 360)
    if !(0..<360).contains(degrees) {
      try repair(
        .angle,
        at: offset,
        "theta",
        "theta \(degrees) is not in 0...359",
        "taken modulo 360"
      )
    }
    return angle
  }

  private mutating func quality(
    _ value: Int?,
    at offset: Int
  ) throws(MinutiaeFormatError) -> UInt8? {
    guard let value else { return nil }
    if let quality = UInt8(exactly: value), quality <= 100 { return quality }
    try repair(
      .quality,
      at: offset,
      "quality",
      "quality \(value) is not in 0...100",
      "taken as not reported"
    )
    return nil
  }

  /// The numbers of the next line, and moves behind its end.
  private mutating func numbers(line: Int) throws(MinutiaeFormatError) -> [Int] {
    var numbers: [Int] = []
    while let next = reader.nextByte {
      switch next {
      case 0x0A:
        _ = try byte("end of line")
        return numbers
      case 0x20, 0x09, 0x0D:
        _ = try byte("space")
      default:
        let start = reader.offset
        guard numbers.count < 4, let number = try number() else {
          throw malformedLine(line, start, "there is something else than up to 4 whole numbers")
        }
        numbers.append(number)
      }
    }
    return numbers
  }

  /// A whole number of at most six digits that a space or the end of the line follows.
  private mutating func number() throws(MinutiaeFormatError) -> Int? {
    var negative = false
    if reader.nextByte == 0x2D {
      negative = true
      _ = try byte("sign")
    }
    var value = 0
    var digits = 0
    while let next = reader.nextByte, (0x30...0x39).contains(next), digits < 7 {
      value = value * 10 + Int(next - 0x30)
      digits += 1
      _ = try byte("digit")
    }
    guard (1...6).contains(digits) else { return nil }
    switch reader.nextByte {
    case nil, 0x20, 0x09, 0x0D, 0x0A: return negative ? -value : value
    default: return nil
    }
  }

  private func malformedLine(
    _ line: Int,
    _ offset: Int,
    _ finding: String
  ) -> MinutiaeFormatError {
    .malformed(
      .line,
      RuleBreach(
        format: format,
        location: ErrorLocation(file: file, byteOffset: offset, line: line),
        finding: finding,
        clause: MinutiaeRule.line.clause(in: format)
      )
    )
  }
}
