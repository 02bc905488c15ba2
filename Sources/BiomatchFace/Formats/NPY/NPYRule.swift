/// A rule that the header of a `.npy` file keeps.
public enum NPYRule: String, Sendable, Hashable, CaseIterable {
  /// The file starts with 0x93 and `NUMPY`.
  case magic
  /// The version is 1.0, 2.0 or 3.0.
  case version
  /// The file is not over before its header is.
  case truncated
  /// The header is not longer than any that describes an array of numbers.
  case headerLength = "header-length"
  /// The header of version 3 is UTF-8.
  case utf8
  /// The header is a dictionary in Python's notation.
  case syntax
  /// The keys are `descr`, `fortran_order` and `shape`, each once.
  case keys
  /// The values are little endian.
  case byteOrder = "byte-order"
  /// The values are floating-point numbers of 16, 32 or 64 bits.
  case elementType = "element-type"
  /// The values are no records.
  case structured
  /// The values are no pickled objects.
  case objects
  /// A vector's values follow one another.
  case order
  /// The array has two axes, or one for a single vector.
  case shape
  /// The array's size can be counted in bytes.
  case size

  /// The rule as a sentence without a full stop.
  var text: String {
    switch self {
    case .magic: "a .npy file must start with the byte 0x93 and NUMPY"
    case .version: "the format version must be 1.0, 2.0 or 3.0"
    case .truncated: "the header is not complete"
    case .headerLength: "the header must have at most \(NPYHeader.maximumTextLength) bytes"
    case .utf8: "the header of version 3 must be UTF-8"
    case .syntax: "the header must be a dictionary as NumPy writes it"
    case .keys: "the header's keys must be descr, fortran_order and shape, each once"
    case .byteOrder: "the values must be little endian"
    case .elementType: "the values must be floating-point numbers of 16, 32 or 64 bits"
    case .structured: "the values must be plain numbers, not records"
    case .objects: "the values must be numbers, not pickled objects, which would run code"
    case .order: "the values of a vector must follow one another: C order, not Fortran order"
    case .shape: "the shape must be (vectors, dimension), or (dimension,) for one vector"
    case .size: "the array's size in bytes must be a number of 63 bits"
    }
  }

  /// What the reader can do about it.
  var remedy: String {
    switch self {
    case .magic: "check that this is a .npy file; an .npz archive has its arrays inside"
    case .truncated: "copy the file again"
    case .version, .headerLength, .utf8, .syntax, .keys, .size: "write the array with numpy.save"
    case .byteOrder, .elementType, .structured, .objects:
      "write the array with numpy.save(path, array.astype('<f4'))"
    case .order: "write the array with numpy.save(path, numpy.ascontiguousarray(array))"
    case .shape: "write the array with numpy.save(path, array.reshape(-1, dimension))"
    }
  }
}

/// Which rule of the header is broken, where, and by what.
struct NPYHeaderError: Error, Hashable {
  let rule: NPYRule
  /// Where in the file, counted from zero.
  let offset: Int
  /// What was found there, where that helps.
  let found: String?

  init(_ rule: NPYRule, at offset: Int, found: String? = nil) {
    self.rule = rule
    self.offset = offset
    self.found = found
  }
}

extension FaceVectorFileError {
  init(_ error: NPYHeaderError, path: String) {
    self = .npy(error.rule, path: path, offset: error.offset, found: error.found)
  }
}
