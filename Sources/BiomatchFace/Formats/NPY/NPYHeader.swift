import BiomatchCore

/// What the header of a `.npy` file says about its array.
///
/// Source: NumPy's documentation of `numpy.lib.format`, versions 1.0 to 3.0.
struct NPYHeader: Sendable, Hashable {
  var elementType: ElementType
  var rowCount: Int
  var dimension: Int
  /// Where the values start in the file.
  var size: Int

  /// Far more than the text of any array of numbers takes, padded as it may be.
  static let maximumTextLength = 1 << 16 - 1
  static let magic: [UInt8] = [0x93] + "NUMPY".utf8

  /// Where the values end in the file. ``init(reading:)`` has seen to it that it is a number.
  var end: Int { size + rowCount * dimension * elementType.size }

  /// Reads a header piece by piece.
  ///
  /// - Parameter bytes: gives the next bytes of the file, so many unless the file ends before.
  init(
    reading bytes: (_ count: Int) throws(FaceVectorFileError) -> [UInt8],
    path: String
  ) throws(FaceVectorFileError) {
    let start = try bytes(8)
    let lengthSize: Int
    do { lengthSize = try Self.lengthSize(start) } catch {
      throw FaceVectorFileError(error, path: path)
    }
    let length = try bytes(lengthSize)
    let count = length.reversed().reduce(0) { $0 << 8 | Int($1) }
    let offset = start.count + length.count
    do throws(NPYHeaderError) {
      guard length.count == lengthSize else { throw NPYHeaderError(.truncated, at: offset) }
      guard count <= Self.maximumTextLength else {
        throw NPYHeaderError(.headerLength, at: start.count, found: "\(count)")
      }
    } catch {
      throw FaceVectorFileError(error, path: path)
    }
    let text = try bytes(count)
    do throws(NPYHeaderError) {
      guard text.count == count else {
        throw NPYHeaderError(.truncated, at: offset + text.count)
      }
      if start[6] == 3, String(validating: text, as: UTF8.self) == nil {
        throw NPYHeaderError(.utf8, at: offset)
      }
      try self.init(NPYDictionary(text, offset: offset), size: offset + count)
    } catch {
      throw FaceVectorFileError(error, path: path)
    }
  }

  /// How many bytes the length of the header has, by the version.
  private static func lengthSize(_ start: [UInt8]) throws(NPYHeaderError) -> Int {
    guard magic.starts(with: start.prefix(magic.count)) else {
      throw NPYHeaderError(.magic, at: 0)
    }
    guard start.count == 8 else { throw NPYHeaderError(.truncated, at: start.count) }
    switch (start[6], start[7]) {
    case (1, 0): return 2
    case (2, 0), (3, 0): return 4
    case (let major, let minor):
      throw NPYHeaderError(.version, at: 6, found: "\(major).\(minor)")
    }
  }

  private init(_ dictionary: NPYDictionary, size: Int) throws(NPYHeaderError) {
    elementType = try ElementType(dictionary.descr)
    let shape = dictionary.shape.value
    switch shape.count {
    case 1: (rowCount, dimension) = (1, shape[0])
    case 2: (rowCount, dimension) = (shape[0], shape[1])
    default:
      throw NPYHeaderError(
        .shape,
        at: dictionary.shape.offset,
        found: "(\(shape.map(String.init).joined(separator: ", ")))"
      )
    }
    // The two orders are one and the same for a single vector.
    guard !dictionary.fortranOrder.value || rowCount <= 1 else {
      throw NPYHeaderError(.order, at: dictionary.fortranOrder.offset)
    }
    self.size = size
    let (values, overflows) = rowCount.multipliedReportingOverflow(by: dimension)
    let (bytes, overflowsToo) = values.multipliedReportingOverflow(by: elementType.size)
    guard !overflows, !overflowsToo, !bytes.addingReportingOverflow(size).overflow else {
      throw NPYHeaderError(.size, at: dictionary.shape.offset)
    }
  }
}

extension ElementType {
  /// The type that NumPy describes so.
  fileprivate init(_ descr: NPYDictionary.Entry<String>) throws(NPYHeaderError) {
    let text = descr.value
    switch text {
    case "<f2": self = .half
    case "<f4": self = .single
    case "<f8": self = .double
    default:
      let rule: NPYRule =
        switch (text.first, text.dropFirst().first) {
        case (_, "O"): .objects
        case (_, "V"): .structured
        case (">", "f"): .byteOrder
        default: .elementType
        }
      throw NPYHeaderError(rule, at: descr.offset, found: "'\(text)'")
    }
  }
}
