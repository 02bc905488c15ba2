import BiomatchFace
import BiomatchTestSupport
import Testing

@Suite("Headers of .npy files")
struct NPYHeaderTests {
  private static let values = (1...64).map(Float.init)
  private static let bytes = VectorFiles.bytes(values)

  private func read(_ bytes: [UInt8]) throws -> [Float] {
    let directory = try TemporaryDirectory()
    let path = directory.file("a.npy")
    try FileBytes.write(bytes, to: path, durably: false)
    return try VectorFiles.read(path)
  }

  @Test("the headers of the three versions are read")
  func versions() throws {
    let starts: [[UInt8]] = [
      [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 0x39, 0],
      [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 2, 0, 0x39, 0, 0, 0],
      [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 3, 0, 0x39, 0, 0, 0],
    ]
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (64,)}\n"
    for start in starts { #expect(try read(start + text.utf8 + Self.bytes) == Self.values) }
  }

  @Test(
    "a header is read in every way of writing the same",
    arguments: [
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 64), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1L, 64L), }",
      "{\"shape\":(1,64,),\"descr\":\"<f4\",\"fortran_order\":False}",
      "{ 'fortran_order' : False , 'shape' : ( 64 , ) , 'descr' : '<f4' } \t\r\n",
      "\n{'descr': '<f4',\n'fortran_order': False,\n'shape': (64,)}",
      // One vector is the same in both orders.
      "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 64), }",
      "{'descr': '<f4', 'fortran_order': True, 'shape': (64,), }",
    ]
  )
  func spellings(_ header: String) throws {
    for version: UInt8 in 1...3 {
      let file = VectorFiles.npy(header, version: version, padding: 9, values: Self.bytes)
      #expect(try read(file) == Self.values, "version \(version)")
    }
  }

  @Test(
    "a header that breaks a rule is refused with the rule and the place",
    arguments: [
      ("{'descr': '>f4', 'fortran_order': False, 'shape': (1, 64), }", "byte-order", 20),
      ("{'descr': '<i4', 'fortran_order': False, 'shape': (1, 64), }", "element-type", 20),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 64), }", "element-type", 20),
      ("{'descr': '<f16', 'fortran_order': False, 'shape': (1, 64), }", "element-type", 20),
      ("{'descr': '<c8', 'fortran_order': False, 'shape': (1, 64), }", "element-type", 20),
      ("{'descr': '', 'fortran_order': False, 'shape': (1, 64), }", "element-type", 20),
      ("{'descr': '|O', 'fortran_order': False, 'shape': (1, 64), }", "objects", 20),
      ("{'descr': '|V8', 'fortran_order': False, 'shape': (1, 64), }", "structured", 20),
      ("{'descr': [('é', '<f4')], 'fortran_order': False, 'shape': (1,), }", "structured", 20),
      ("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 64), }", "order", 44),
      ("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", "shape", 60),
      ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2, 64), }", "shape", 60),
      ("{'descr': '<f4', 'fortran_order': False, 'shape': (64), }", "syntax", 64),
      ("{'descr': '<f4', 'fortran_order': False, 'shape': [1, 64], }", "syntax", 60),
      ("{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 64), }", "syntax", 61),
      ("{'descr': '<f4', 'fortran_order': False, 'shape': (01, 64), }", "syntax", 61),
      ("{'descr': '<f4', 'fortran_order': False, 'shape': (1 64), }", "syntax", 63),
      ("{'descr': '<f4', 'fortran_order': False, 'shape': (1.0, 64), }", "syntax", 62),
      ("{'descr': '<f4', 'fortran_order': 0, 'shape': (1, 64), }", "syntax", 44),
      ("{'descr': '\\x3cf4', 'fortran_order': False, 'shape': (1, 64), }", "syntax", 20),
      ("{'descr': '<f4, }", "syntax", 20),
      ("{'descr' '<f4'}", "syntax", 19),
      ("{'descr': '<f4' 'fortran_order': False}", "syntax", 26),
      ("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 64), } 1", "syntax", 71),
      ("('descr', '<f4')", "syntax", 10),
      ("", "syntax", 11),
      ("{'descr': '<f4', 'fortran_order': False, }", "keys", 10),
      ("{'descr': '<f4', 'descr': '<f4'}", "keys", 27),
      ("{'descr': '<f4', 'order': 'C'}", "keys", 27),
      (
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775808, 64), }",
        "size", 61
      ),
      (
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 64), }",
        "size", 60
      ),
      (
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2305843009213693951,), }",
        "size", 60
      ),
    ]
  )
  func refusals(header: String, rule: String, offset: Int) throws {
    let error = try VectorFiles.failure(
      of: VectorFiles.npy(header, values: Self.bytes),
      name: "a.npy"
    )
    #expect(error?.code == "face.npy.\(rule)", "\(String(describing: error))")
    #expect(error?.location.byteOffset == offset, "\(String(describing: error))")
    #expect(error?.location.file?.hasSuffix("/a.npy") == true)
    #expect(error?.category == .badData)
  }

  @Test("other files, versions, lengths and characters are refused")
  func starts() throws {
    func rule(_ bytes: [UInt8]) throws -> NPYRule? {
      guard case .npy(let rule, _, _, _) = try VectorFiles.failure(of: bytes, name: "a.npy") else {
        return nil
      }
      return rule
    }
    let header = VectorFiles.header("(64,)")
    var file = VectorFiles.npy(header, values: Self.bytes)
    #expect(try rule(file) == nil)
    for index in 0..<6 {
      var other = file
      other[index] ^= 0x20
      #expect(try rule(other) == .magic)
    }
    #expect(try rule(Array("PK\u{3}\u{4}".utf8)) == .magic)
    for version: (UInt8, UInt8) in [(0, 0), (1, 1), (4, 0), (255, 255)] {
      (file[6], file[7]) = version
      #expect(try rule(file) == .version)
    }
    for version: UInt8 in [2, 3] {
      let long = VectorFiles.npy(header, version: version, padding: 1 << 16, values: Self.bytes)
      #expect(try rule(long) == .headerLength)
      let longest = VectorFiles.npy(
        header,
        version: version,
        padding: 65_535 - header.utf8.count - 1,
        values: Self.bytes
      )
      #expect(try rule(longest) == nil)
    }
    var text = VectorFiles.npy(header, version: 3, padding: 1)
    text[text.count - 2] = 0xFF
    #expect(try rule(text) == .utf8)
    text[6] = 2
    #expect(try rule(text) == .syntax)
  }

  @Test("a file that ends anywhere is refused, in a pipe too")
  func truncation() throws {
    let file = VectorFiles.npy(VectorFiles.header("(1, 64)"), padding: 5, values: Self.bytes)
    let headerSize = file.count - Self.bytes.count
    for count in 0..<file.count {
      let cut = Array(file[..<count])
      let expected: FaceVectorFileError.Kind =
        count < headerSize ? .npy(.truncated) : .length(file.count, count)
      let found = try VectorFiles.failure(of: cut, name: "a.npy")
      #expect(found?.kind == expected, "\(count) bytes: \(String(describing: found))")
      try VectorFiles.withPipe(cut) { path in
        let found = #expect(throws: FaceVectorFileError.self) {
          try VectorFiles.read(path, format: .npy)
        }
        #expect(found?.kind == expected, "\(count) bytes: \(String(describing: found))")
      }
    }
  }

  @Test("a file that goes on behind its array is refused, in a pipe too")
  func longer() throws {
    let file = VectorFiles.npy(VectorFiles.header("(1, 64)"), values: Self.bytes)
    let found = try VectorFiles.failure(of: file + [0], name: "a.npy")
    #expect(found?.kind == .length(file.count, file.count + 1))
    #expect(found?.rule.contains("\(file.count + 1)") == true)
    try VectorFiles.withPipe(file + [0]) { path in
      let found = #expect(throws: FaceVectorFileError.self) {
        try VectorFiles.read(path, format: .npy)
      }
      #expect(found?.kind == .length(file.count, nil))
    }
  }

  @Test("damage never traps", arguments: UInt64(0)..<2000)
  func damage(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var bytes = VectorFiles.npy(
      VectorFiles.header("(1, 64)"),
      version: .random(in: 1...3, using: &random),
      values: Self.bytes
    )
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let index = Int.random(in: 0..<100, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[index] = .random(in: 0...255, using: &random)
      case 1: bytes.remove(at: index)
      case 2: bytes.insert(bytes[Int.random(in: 0..<100, using: &random)], at: index)
      default: bytes[index] = Array("{}()[],:'\"0L9 ".utf8).randomElement(using: &random) ?? 0
      }
    }
    guard let error = try VectorFiles.failure(of: bytes, name: "a.npy") else { return }
    #expect(!error.description.isEmpty && error.location.file != nil)
  }
}

extension FaceVectorFileError {
  /// What is wrong, without the file's name.
  enum Kind: Equatable {
    case npy(NPYRule)
    case length(Int, Int?)
    case other(String)
  }

  var kind: Kind {
    switch self {
    case .npy(let rule, _, _, _): .npy(rule)
    case .length(_, let expected, let found): .length(expected, found)
    default: .other(code)
    }
  }
}
