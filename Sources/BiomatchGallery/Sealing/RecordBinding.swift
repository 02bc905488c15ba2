import BiomatchCore

/// The associated data of what a gallery seals: they bind it to its place, so that nothing opens in the
/// place of something else.
///
/// Parts have their length before them, in four bytes.
enum RecordBinding {
  /// Of the key with that number. It need not know the subject: what is sealed under it does.
  static func key(_ number: Int64, _ gallery: GalleryID) -> [UInt8] {
    var writer = ByteWriter(capacity: 64)
    write("subject key", gallery, nil, to: &writer)
    writer.writeUInt64(UInt64(bitPattern: number))
    return writer.bytes
  }

  /// Of the key that signs receipts.
  static func signingKey(_ gallery: GalleryID) -> [UInt8] {
    var writer = ByteWriter(capacity: 64)
    write("signing key", gallery, nil, to: &writer)
    return writer.bytes
  }

  /// Of what is known of a subject, in its version.
  static func profile(of subject: SubjectID, version: Int64, _ gallery: GalleryID) -> [UInt8] {
    var writer = ByteWriter(capacity: 160)
    write("profile", gallery, subject, to: &writer)
    writer.writeUInt64(UInt64(bitPattern: version))
    return writer.bytes
  }

  /// Of a sample; `version` tells it from another that had its reference before.
  static func sample(
    _ reference: ReferenceID,
    of subject: SubjectID,
    kind: SampleKind,
    version: Int64,
    _ gallery: GalleryID
  ) -> [UInt8] {
    var writer = ByteWriter(capacity: 224)
    write("sample", gallery, subject, to: &writer)
    write(reference.string, to: &writer)
    writer.writeUInt8(UInt8(kind.number))
    writer.writeUInt64(UInt64(bitPattern: version))
    return writer.bytes
  }

  /// What the mark of an index is bound to.
  static func indexMark(_ directory: String, _ gallery: GalleryID) -> [UInt8] {
    var writer = ByteWriter(capacity: 64)
    write("index mark", gallery, nil, to: &writer)
    write(directory, to: &writer)
    return writer.bytes
  }

  private static func write(
    _ kind: String,
    _ gallery: GalleryID,
    _ subject: SubjectID?,
    to writer: inout ByteWriter
  ) {
    write("biomatch gallery 1 \(kind)", to: &writer)
    writer.writeBytes(gallery.bytes)
    if let subject { write(subject.string, to: &writer) }
  }

  private static func write(_ text: String, to writer: inout ByteWriter) {
    writer.writeUInt32(UInt32(text.utf8.count))
    writer.writeBytes(text.utf8)
  }
}
