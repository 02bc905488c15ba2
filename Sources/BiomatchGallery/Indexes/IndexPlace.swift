import BiomatchCore
import BiomatchCrypto

/// Where the indexes of a gallery are saved, and what seals them there.
struct IndexPlace: Sendable {
  private static let markName = "gallery.mark"

  let path: String
  let gallery: GalleryID
  /// `nil` for a gallery in clear.
  let keys: IndexKeys?

  /// The directory of an index.
  func directory(_ name: IndexName) -> String { path + "/" + name.directory }

  /// Removes what has that name here: what is saved of an index, or a file that belongs to none.
  func remove(_ name: String) throws {
    guard names().contains(name) else { return }
    let path = path + "/" + name
    guard let files = try? FileBytes.names(inDirectory: path) else {
      return try FileNames.remove(path)
    }
    // The mark first: what is left of a removal that ends half way counts for nothing.
    if files.contains(Self.markName) { try FileNames.remove(path + "/" + Self.markName) }
    for file in files where file != Self.markName { try FileNames.remove(path + "/" + file) }
    try FileNames.removeDirectory(path)
  }

  /// The names of all that is there.
  func names() -> [String] { (try? FileBytes.names(inDirectory: path)) ?? [] }

  /// Makes the directory of all indexes.
  func create() throws { try FileBytes.createDirectory(path) }

  // MARK: Marks

  /// Up to where an index goes, as its mark says; `nil` where there is none that this gallery wrote.
  func mark(_ name: IndexName) -> IndexMark? {
    guard let bytes = try? FileBytes.read(directory(name) + "/" + Self.markName, limit: 4096) else {
      return nil
    }
    guard let keys else { return IndexMark(bytes, gallery) }
    guard var sealer = try? Sealer(key: keys.mark.bytes),
      let opened = try? sealer.open(bytes, associatedData: binding(name))
    else { return nil }
    return IndexMark(opened, gallery)
  }

  /// Notes up to where a saved index goes.
  func write(_ mark: IndexMark, _ name: IndexName) throws {
    var bytes = mark.bytes(gallery)
    if let keys {
      var sealer = try Sealer(key: keys.mark.bytes)
      bytes = try sealer.seal(bytes, associatedData: binding(name))
    }
    try FileBytes.write(bytes, to: directory(name) + "/" + Self.markName)
  }

  private func binding(_ name: IndexName) -> [UInt8] {
    RecordBinding.indexMark(name.directory, gallery)
  }
}

/// Up to where a saved index goes. It is written after the index: an index may have more than its mark
/// says, never less.
struct IndexMark: Sendable, Hashable {
  private static let format: UInt8 = 1
  private static let size = 45

  var position: IndexPosition
  /// The generation that the index itself counted then.
  var indexGeneration: UInt64

  init(position: IndexPosition, indexGeneration: UInt64) {
    self.position = position
    self.indexGeneration = indexGeneration
  }

  /// `nil` for bytes that are no mark of the gallery.
  fileprivate init?(_ bytes: [UInt8], _ gallery: GalleryID) {
    guard bytes.count == Self.size, bytes[0] == Self.format,
      Array(bytes[1..<17]) == gallery.bytes
    else { return nil }
    var reader = ByteReader(bytes)
    do {
      try reader.skip(17)
      position = IndexPosition(
        generation: Int64(bitPattern: try reader.readUInt64()),
        lastSample: Int64(bitPattern: try reader.readUInt64())
      )
      indexGeneration = try reader.readUInt64()
      guard try reader.readUInt32() == CRC32C.checksum(of: Array(bytes[..<41])) else { return nil }
    } catch {
      return nil
    }
  }

  fileprivate func bytes(_ gallery: GalleryID) -> [UInt8] {
    var writer = ByteWriter(capacity: Self.size)
    writer.writeUInt8(Self.format)
    writer.writeBytes(gallery.bytes)
    writer.writeUInt64(UInt64(bitPattern: position.generation))
    writer.writeUInt64(UInt64(bitPattern: position.lastSample))
    writer.writeUInt64(indexGeneration)
    writer.writeUInt32(CRC32C.checksum(of: writer.bytes))
    return writer.bytes
  }
}

/// What seals the indexes of a gallery, from its wrapping key.
struct IndexKeys: Sendable {
  /// Seals the keys of the indexes.
  let index: IndexKey
  /// Seals their marks.
  let mark: SubjectKey

  init(wrappingKey: borrowing SecretBytes, gallery: GalleryID) throws {
    func derive(_ purpose: String) throws -> SecretBytes {
      try HKDF.derive(
        from: wrappingKey,
        salt: gallery.bytes,
        info: Array("biomatch gallery \(purpose) key 1".utf8),
        count: Sealer.keySize
      )
    }
    index = try IndexKey(derive("index"))
    mark = SubjectKey(try derive("index mark"))
  }
}

extension KeyVault {
  /// What seals the indexes now.
  func indexKeys() throws -> IndexKeys {
    try withWrappingKey { try IndexKeys(wrappingKey: $0, gallery: gallery) }
  }
}
