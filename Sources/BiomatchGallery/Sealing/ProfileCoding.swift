import BiomatchCore
import BiomatchFingerprint

/// The bytes of what is known of a person: demographics, and the conditions of fingers.
///
/// `docs/formats/gallery.md` has the layout.
enum ProfileCoding {
  private static let format: UInt8 = 1

  static func encode(_ demographics: Demographics, _ fingers: [FingerStatus]) -> [UInt8] {
    var writer = ByteWriter(capacity: 256)
    writer.writeUInt8(format)
    writer.writeUInt32(UInt32(demographics.names.count))
    for name in demographics.names {
      writer.writeCounted(name.primary.utf8)
      writer.writeCounted(name.secondary.utf8)
    }
    writer.writeCounted(demographics.birthDate.description.utf8)
    writer.writeCounted((demographics.sex?.rawValue ?? "").utf8)
    writer.writeUInt32(UInt32(demographics.nationalities.count))
    for code in demographics.nationalities { writer.writeCounted(code.description.utf8) }
    writer.writeUInt32(UInt32(demographics.documents.count))
    for document in demographics.documents {
      writer.writeCounted(document.type.utf8)
      writer.writeCounted(document.number.utf8)
      writer.writeCounted((document.issuer?.description ?? "").utf8)
      writer.writeCounted(document.expiry.description.utf8)
    }
    writer.writeUInt32(UInt32(fingers.count))
    for finger in fingers {
      writer.writeUInt8(finger.position.rawValue)
      writer.writeUInt8(finger.condition.rawValue)
    }
    return writer.bytes
  }

  static func decode(_ bytes: [UInt8]) throws -> (Demographics, [FingerStatus]) {
    var reader = RecordReader(bytes)
    guard try reader.byte() == format else { throw RecordReader.Malformed() }
    var demographics = Demographics()
    demographics.names = try reader.list {
      RecordedName(primary: try $0.text(), secondary: try $0.text())
    }
    demographics.birthDate = try PartialDate(try reader.text())
    let sex = try reader.text()
    demographics.sex = Sex(rawValue: sex)
    guard sex.isEmpty || demographics.sex != nil else { throw RecordReader.Malformed() }
    demographics.nationalities = try reader.list { try CountryCode(try $0.text()) }
    demographics.documents = try reader.list {
      let type = try $0.text()
      let number = try $0.text()
      let issuer = try $0.text()
      return IdentityDocument(
        type: type,
        number: number,
        issuer: issuer.isEmpty ? nil : try CountryCode(issuer),
        expiry: try PartialDate(try $0.text())
      )
    }
    let fingers = try reader.list {
      guard let position = FingerPosition(rawValue: try $0.byte()),
        let condition = FingerCondition(rawValue: try $0.byte())
      else { throw RecordReader.Malformed() }
      return FingerStatus(position: position, condition: condition)
    }
    guard reader.isAtEnd else { throw RecordReader.Malformed() }
    return (demographics, fingers)
  }
}
