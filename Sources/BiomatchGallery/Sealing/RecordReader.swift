import BiomatchCore

/// Reads the parts of a record of a gallery; anything malformed is one error.
struct RecordReader {
  /// What is wrong is not told: a record in clear may be damaged, a sealed one never is.
  struct Malformed: Error {}

  private var reader: ByteReader

  init(_ bytes: [UInt8]) { reader = ByteReader(bytes) }

  var isAtEnd: Bool { reader.isAtEnd }

  mutating func byte() throws(Malformed) -> UInt8 {
    do { return try reader.readUInt8() } catch { throw Malformed() }
  }

  /// A byte that is 0 or 1.
  mutating func flag() throws(Malformed) -> Bool {
    let value = try byte()
    guard value <= 1 else { throw Malformed() }
    return value == 1
  }

  mutating func integer() throws(Malformed) -> Int {
    do { return Int(try reader.readUInt32()) } catch { throw Malformed() }
  }

  /// Bytes with their count before them.
  mutating func bytes() throws(Malformed) -> [UInt8] {
    let count = try integer()
    do { return Array(try reader.readBytes(count)) } catch { throw Malformed() }
  }

  mutating func text() throws(Malformed) -> String {
    guard let text = String(validating: try bytes(), as: UTF8.self) else { throw Malformed() }
    return text
  }

  /// As many elements as the count before them says.
  mutating func list<Element>(
    _ element: (inout RecordReader) throws -> Element
  ) throws -> [Element] {
    let count = try integer()
    var elements: [Element] = []
    for _ in 0..<count { elements.append(try element(&self)) }
    return elements
  }
}

extension ByteWriter {
  /// Bytes with their count before them.
  mutating func writeCounted(_ bytes: some Collection<UInt8>) {
    writeUInt32(UInt32(bytes.count))
    writeBytes(bytes)
  }
}
