/// The dictionary of a `.npy` header, in as much of Python's notation as NumPy writes: strings without
/// escapes, `True` and `False`, tuples of whole numbers, which have an `L` behind them where Python 2
/// wrote them.
struct NPYDictionary: Sendable, Hashable {
  /// A value and where it stands in the file.
  struct Entry<Value: Sendable & Hashable>: Sendable, Hashable {
    var value: Value
    var offset: Int
  }

  /// The name of the elements' type.
  let descr: Entry<String>
  let fortranOrder: Entry<Bool>
  let shape: Entry<[Int]>

  /// Parses the text of a header.
  ///
  /// - Parameter offset: where in the file the text starts.
  init(_ text: [UInt8], offset: Int) throws(NPYHeaderError) {
    var literals = PythonLiterals(text, offset: offset)
    var descr: Entry<String>?
    var fortranOrder: Entry<Bool>?
    var shape: Entry<[Int]>?
    try literals.expect("{")
    while !literals.skip("}") {
      let place = literals.place
      let key = try literals.string()
      try literals.expect(":")
      let valuePlace = literals.place
      switch key {
      case "descr" where descr == nil:
        // A list of fields; what they are need not be understood.
        guard !literals.skip("["), !literals.skip("(") else {
          throw NPYHeaderError(.structured, at: valuePlace)
        }
        descr = Entry(value: try literals.string(), offset: valuePlace)
      case "fortran_order" where fortranOrder == nil:
        fortranOrder = Entry(value: try literals.boolean(), offset: valuePlace)
      case "shape" where shape == nil:
        shape = Entry(value: try literals.tuple(), offset: valuePlace)
      default: throw NPYHeaderError(.keys, at: place, found: "'\(key)'")
      }
      if !literals.skip(",") {
        try literals.expect("}")
        break
      }
    }
    try literals.expectEnd()
    guard let descr, let fortranOrder, let shape else {
      throw NPYHeaderError(.keys, at: offset, found: "less")
    }
    self.descr = descr
    self.fortranOrder = fortranOrder
    self.shape = shape
  }
}
