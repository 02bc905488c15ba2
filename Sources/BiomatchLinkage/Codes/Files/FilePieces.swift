import BiomatchCore

/// The bytes of a file or of memory, one after another, and where each is.
struct FilePieces: ~Copyable {
  private static let pieceSize = 1 << 16

  private let path: String?
  private let file: FileDescriptor?
  private var piece: [UInt8]
  private var position = 0
  /// The offset of the next byte.
  private(set) var offset = 0

  /// The bytes of the file at `path`, or of the standard input for `-`.
  init(_ path: String) throws(CodesFileError) {
    do { file = try FileDescriptor.reading(path) } catch { throw .file(error) }
    self.path = path
    piece = []
  }

  /// Bytes in memory.
  init(bytes: [UInt8], path: String?) {
    self.path = path
    file = nil
    piece = bytes
  }

  /// Whether the bytes can be read again from the same path: a pipe has them once.
  var isRepeatable: Bool {
    get throws(CodesFileError) {
      do { return try file?.seekableSize() != nil } catch { throw .file(error) }
    }
  }

  /// Where the next byte is.
  var location: ErrorLocation { ErrorLocation(file: path, byteOffset: offset) }

  /// The next byte, which stays; `nil` at the end.
  mutating func peek() throws(CodesFileError) -> UInt8? {
    if position == piece.count { try fill() }
    return position < piece.count ? piece[position] : nil
  }

  /// Takes the next byte.
  mutating func next() throws(CodesFileError) -> UInt8? {
    guard let byte = try peek() else { return nil }
    position += 1
    offset += 1
    return byte
  }

  /// Takes so many bytes, or those that there are until the end.
  mutating func take(_ count: Int) throws(CodesFileError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count, try peek() != nil {
      let end = min(position + count - bytes.count, piece.count)
      bytes += piece[position..<end]
      offset += end - position
      position = end
    }
    return bytes
  }

  private mutating func fill() throws(CodesFileError) {
    guard file != nil else { return }
    var next = [UInt8](repeating: 0, count: Self.pieceSize)
    next.removeLast(next.count - (try read(into: &next)))
    piece = next
    position = 0
  }

  private func read(into bytes: inout [UInt8]) throws(CodesFileError) -> Int {
    var span = bytes.mutableSpan
    var raw = span.mutableBytes
    do { return try file?.read(into: &raw) ?? 0 } catch { throw .file(error) }
  }
}
