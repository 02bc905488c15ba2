import BiomatchCore
import BiomatchFace
import BiomatchFingerprint

/// The bytes of a sample without its reference and its kind, which stay in clear.
///
/// `docs/formats/gallery.md` has the layout.
enum SampleCoding {
  private static let format: UInt8 = 1
  /// Stands for a quality or an impression type that is not known.
  private static let unknown: UInt8 = 255

  static func encode(_ sample: Sample) -> [UInt8] {
    switch sample {
    case .finger(let finger): encode(finger)
    case .face(let face): encode(face)
    }
  }

  static func decode(
    _ bytes: [UInt8],
    reference: ReferenceID,
    kind: SampleKind
  ) throws -> Sample {
    var reader = RecordReader(bytes)
    guard try reader.byte() == format else { throw RecordReader.Malformed() }
    let sample: Sample =
      switch kind {
      case .finger: .finger(try finger(&reader, reference))
      case .face: .face(try face(&reader, reference))
      }
    guard reader.isAtEnd else { throw RecordReader.Malformed() }
    return sample
  }

  // MARK: Fingers

  private static func encode(_ finger: FingerSample) -> [UInt8] {
    var writer = ByteWriter(capacity: finger.record.count + 64)
    writer.writeUInt8(format)
    writer.writeUInt8((finger.position ?? .unknown).rawValue)
    writer.writeUInt8(finger.quality ?? unknown)
    writer.writeUInt8(finger.impressionType ?? unknown)
    writer.writeUInt32(UInt32(finger.view))
    writer.writeCounted((finger.format?.rawValue ?? "").utf8)
    if let context = finger.context {
      writer.writeUInt8(1)
      writer.writeUInt32(UInt32(context.width))
      writer.writeUInt32(UInt32(context.height))
      writer.writeUInt32(UInt32(context.resolution))
      writer.writeUInt8(context.position.rawValue)
    } else {
      writer.writeUInt8(0)
    }
    writer.writeCounted(finger.record)
    return writer.bytes
  }

  private static func finger(
    _ reader: inout RecordReader,
    _ reference: ReferenceID
  ) throws -> FingerSample {
    var sample = FingerSample(reference: reference, record: [])
    sample.position = try position(&reader)
    sample.quality = try known(&reader)
    sample.impressionType = try known(&reader)
    sample.view = try reader.integer()
    let format = try reader.text()
    sample.format = MinutiaeFormat(rawValue: format)
    guard format.isEmpty || sample.format != nil else { throw RecordReader.Malformed() }
    if try reader.flag() {
      sample.context = RecordContext(
        width: try reader.integer(),
        height: try reader.integer(),
        resolution: try reader.integer(),
        position: try position(&reader)
      )
    }
    sample.record = try reader.bytes()
    return sample
  }

  private static func position(_ reader: inout RecordReader) throws -> FingerPosition {
    guard let position = FingerPosition(rawValue: try reader.byte()) else {
      throw RecordReader.Malformed()
    }
    return position
  }

  // MARK: Faces

  private static func encode(_ face: FaceSample) -> [UInt8] {
    var writer = ByteWriter(capacity: 4 * face.vector.count + face.original.count + 160)
    writer.writeUInt8(format)
    writer.writeUInt8(face.quality ?? unknown)
    writer.writeCounted(face.model.name.utf8)
    writer.writeCounted(face.model.version.utf8)
    let values = face.vector.map(\.bitPattern.littleEndian)
    values.withUnsafeBytes { writer.writeCounted($0) }
    writer.writeCounted(face.original)
    return writer.bytes
  }

  private static func face(
    _ reader: inout RecordReader,
    _ reference: ReferenceID
  ) throws -> FaceSample {
    let quality = try known(&reader)
    let model = try FaceModel(name: try reader.text(), version: try reader.text())
    let values = try reader.bytes()
    guard values.count.isMultiple(of: 4) else { throw RecordReader.Malformed() }
    let vector = values.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map { index in
        let pattern = bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
        return Float(bitPattern: UInt32(littleEndian: pattern))
      }
    }
    return FaceSample(
      reference: reference,
      model: model,
      vector: vector,
      quality: quality,
      original: try reader.bytes()
    )
  }

  private static func known(_ reader: inout RecordReader) throws -> UInt8? {
    let value = try reader.byte()
    return value == unknown ? nil : value
  }
}
