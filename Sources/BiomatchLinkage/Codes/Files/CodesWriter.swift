import BiomatchCore

/// Writes codes to a file, batch by batch, which then appears whole or not at all.
///
/// ```swift
/// var writer = try CodesWriter(path: "people.codes", encoder: encoder)
/// while let batch = try encoder.encode(&table) { try writer.append(batch) }
/// try writer.publish()
/// ```
///
/// Memory holds a batch, and for the container the identifiers. Given up before ``publish()``, the
/// writer leaves nothing behind.
public struct CodesWriter: ~Copyable {
  /// How many codes were written.
  public private(set) var count = 0

  private let bits: Int
  private var text: CodesText?
  private var file: ReplacementFile?
  private var container: SegmentWriter?
  private var rows = SegmentRows()

  /// Begins the file at `path`.
  ///
  /// - Parameters:
  ///   - format: `nil` for what the name tells.
  ///   - bits: how many a code has.
  ///   - schema: kept by the container alone, as is `secret`.
  /// - Throws: ``CodesFileError``.
  public init(
    path: String,
    format: CodesFormat? = nil,
    bits: Int,
    schema: SchemaDigest?,
    secret: SecretCheck?
  ) throws(CodesFileError) {
    self.bits = bits
    let format = format ?? CodesFormat(ofFile: path)
    guard format != .codes else {
      container = try Self.container(path, bits: bits, schema: schema, secret: secret)
      return
    }
    var text = CodesText(format, bits: bits)
    do throws(FileError) {
      file = try ReplacementFile(replacing: path)
      try file?.write(text.start())
    } catch {
      throw .file(error)
    }
    self.text = text
  }

  /// Begins the file at `path` for codes of an encoder.
  ///
  /// - Throws: ``CodesFileError``.
  public init(
    path: String,
    format: CodesFormat? = nil,
    encoder: RecordEncoder
  ) throws(CodesFileError) {
    try self.init(
      path: path,
      format: format,
      bits: encoder.schema.bits,
      schema: encoder.schemaDigest,
      secret: encoder.secretCheck
    )
  }

  private static func container(
    _ path: String,
    bits: Int,
    schema: SchemaDigest?,
    secret: SecretCheck?
  ) throws(CodesFileError) -> SegmentWriter {
    do throws(SegmentError) {
      var writer = try SegmentWriter(
        path: path,
        identity: SegmentIdentity(
          kind: CodesContainer.kind,
          engine: CodesContainer.engine,
          parameters: CodesContainer.parameters
        ),
        generation: 1
      )
      var length = ByteWriter()
      length.writeUInt32(UInt32(bits), .little)
      try writer.beginSection(CodesContainer.length)
      try writer.append(length.bytes)
      if let schema {
        try writer.beginSection(CodesContainer.schema)
        try writer.append(schema.bytes)
      }
      if let secret {
        try writer.beginSection(CodesContainer.secret)
        try writer.append(secret.bytes)
      }
      try writer.beginSection(CodesContainer.codes)
      return writer
    } catch {
      throw .segment(error)
    }
  }

  /// Adds the codes of a batch.
  ///
  /// - Throws: ``CodesFileError``.
  public mutating func append(_ batch: EncodedBatch) throws(CodesFileError) {
    try append(batch.identifiers, words: batch.words[...])
  }

  /// Adds codes, as words of which bit 0 is the first.
  mutating func append(
    _ identifiers: some Collection<ReferenceID>,
    words: ArraySlice<UInt64>
  ) throws(CodesFileError) {
    let size = (bits + 63) / 64
    precondition(words.count == identifiers.count * size, "codes have as many bits")
    count += identifiers.count
    if let piece = text?.rows(identifiers, words: words) {
      do throws(FileError) { try file?.write(piece) } catch { throw .file(error) }
      return
    }
    for identifier in identifiers { rows.append(reference: identifier, subject: Self.none) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(identifiers.count * bits / 8)
    for first in stride(from: words.startIndex, to: words.endIndex, by: size) {
      for byte in 0..<bits / 8 { bytes.append(words[first + byte / 8].codeByte(byte % 8)) }
    }
    do throws(SegmentError) { try container?.append(bytes) } catch { throw .segment(error) }
  }

  /// Ends the file and puts it in its place, durably.
  ///
  /// - Throws: ``CodesFileError``, also where two records of a container have one identifier.
  public consuming func publish() throws(CodesFileError) {
    if let text {
      do throws(FileError) {
        try file?.write(text.end)
        try file?.publish()
      } catch {
        throw .file(error)
      }
      return
    }
    do throws(SegmentError) {
      try container?.writeRows(rows)
      try container.take()?.publish()
    } catch {
      throw .segment(error)
    }
  }

  /// Rows of a segment have a subject too, which codes do not tell.
  private static var none: SubjectID {
    guard let none = try? SubjectID("-") else { preconditionFailure("a hyphen is an identifier") }
    return none
  }
}
