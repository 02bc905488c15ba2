import BiomatchFingerprint
import Testing

/// A golden record with one thing wrong, as real writers get it wrong.
struct Trap: Sendable, CustomTestStringConvertible {
  var name: String
  var format: MinutiaeFormat
  /// The last part of the error and repair codes.
  var rule: String
  /// Where strict decoding finds it.
  var offset: Int
  var damage: @Sendable (inout [UInt8]) -> Void
  /// What lenient decoding must make of it, given the undamaged record.
  var check: @Sendable (MinutiaeRecord, MinutiaeRecord) -> Bool = { $0 == $1 }

  var testDescription: String { "\(format.rawValue): \(name)" }

  static let all: [Trap] = [
    Trap(name: "version 020", format: .iso2005, rule: "version", offset: 4) { $0[4] = 0x30 },
    Trap(name: "version 020", format: .ansi2004, rule: "version", offset: 4) { $0[4] = 0x30 },
    Trap(name: "length one short", format: .iso2005, rule: "length", offset: 8) { $0[11] -= 1 },
    Trap(name: "length one long", format: .ansi2009, rule: "length", offset: 8) { $0[11] += 1 },
    Trap(name: "length of zero", format: .iso2011, rule: "length", offset: 8) { $0[11] = 0 },
    Trap(name: "zero padding", format: .iso2005, rule: "trailing", offset: 119) {
      $0 += [UInt8](repeating: 0, count: 100)
    },
    Trap(name: "something behind the record", format: .iso2011, rule: "trailing", offset: 183) {
      $0 += [1, 2, 3]
    },
    Trap(name: "500 dpi in the field for px/cm", format: .iso2005, rule: "resolution", offset: 18) {
      $0[18] = 0x01
      $0[19] = 0xF4
    },
    Trap(
      name: "no resolution",
      format: .iso2005,
      rule: "resolution",
      offset: 18,
      damage: { $0[19] = 0 },
      check: { $0.views[0].resolutionX == 198 && $1.views[0].resolutionX == 197 }
    ),
    Trap(
      name: "1,000 dpi in the field for px/cm",
      format: .iso2011,
      rule: "resolution",
      offset: 50,
      damage: {
        $0[50] = 0x03
        $0[51] = 0xE8
      },
      check: { repaired, _ in repaired.views[0].resolutionX == 394 }
    ),
    Trap(
      name: "a minutia quality above 100",
      format: .iso2005,
      rule: "quality",
      offset: 33,
      damage: { $0[33] = 101 },
      check: { repaired, _ in repaired.views[0].minutiae[0].quality == nil }
    ),
    Trap(
      name: "a finger quality above 100",
      format: .ansi2004,
      rule: "quality",
      offset: 28,
      damage: { $0[28] = 255 },
      check: { repaired, _ in repaired.views[0].quality == nil }
    ),
    Trap(
      name: "a direction beyond a full turn",
      format: .ansi2004,
      rule: "angle",
      offset: 34,
      damage: { $0[34] = 183 }
    ),
    Trap(
      name: "the reserved minutia type",
      format: .iso2005,
      rule: "minutia-type",
      offset: 28,
      damage: { $0[28] |= 0xC0 },
      check: { repaired, _ in repaired.views[0].minutiae[0].kind == .other }
    ),
    Trap(name: "reserved bits beside y", format: .iso2005, rule: "reserved", offset: 30) {
      $0[30] |= 0x80
    },
    Trap(name: "a reserved byte", format: .iso2005, rule: "reserved", offset: 23) { $0[23] = 7 },
    Trap(
      name: "a finger position of another standard",
      format: .iso2005,
      rule: "position",
      offset: 24,
      damage: { $0[24] = 13 },
      check: { repaired, _ in repaired.views[0].position == .unknown }
    ),
    Trap(
      name: "an impression type of another standard",
      format: .iso2005,
      rule: "impression",
      offset: 25,
      damage: { $0[25] = 0x09 },
      check: { repaired, _ in repaired.views[0].impressionType == 24 }
    ),
    Trap(
      name: "a minutia outside the image",
      format: .iso2005,
      rule: "image-size",
      offset: 14,
      damage: {
        $0[14] = 0
        $0[15] = 100
      },
      check: { $0.views[0].width == 256 && $0.views[0].minutiae == $1.views[0].minutiae }
    ),
    Trap(
      name: "no image size",
      format: .ansi2009,
      rule: "image-size",
      offset: 29,
      damage: { $0[29] = 0 },
      check: { repaired, _ in repaired.views[0].width == 256 }
    ),
    Trap(
      name: "an extended data length without its own header",
      format: .ansi2004,
      rule: "extended-data",
      offset: 104,
      damage: { $0[107] = 3 }
    ),
    Trap(
      name: "a ridge count of a minutia that is not there",
      format: .iso2005,
      rule: "ridge-counts",
      offset: 60,
      damage: { $0[60] = 5 },
      check: { repaired, original in repaired != original }
    ),
    Trap(
      name: "a capture month of 13",
      format: .iso2011,
      rule: "capture-time",
      offset: 21,
      damage: { $0[21] = 13 },
      check: { repaired, _ in repaired.views[0].captureTime?.month == nil }
    ),
    Trap(
      name: "an unknown device technology",
      format: .iso2011,
      rule: "device-technology",
      offset: 28,
      damage: { $0[28] = 21 },
      check: { repaired, _ in repaired.views[0].device.technology == 0 }
    ),
    Trap(
      name: "a representation length that is off",
      format: .iso2011,
      rule: "representation-length",
      offset: 15
    ) { $0[18] -= 1 },
    Trap(
      name: "an unknown ridge ending type",
      format: .iso2011,
      rule: "ending-type",
      offset: 59,
      damage: { $0[59] = 0x6F },
      check: { repaired, _ in repaired.views[0].ridgeEndingType == nil }
    ),
    Trap(name: "a certification flag of 2", format: .iso2011, rule: "certification", offset: 14) {
      $0[14] = 2
    },
    Trap(
      name: "a view number above 15",
      format: .ansi2009,
      rule: "view-number",
      offset: 22,
      damage: { $0[22] = 16 },
      check: { repaired, _ in repaired.views[0].viewNumber == 16 }
    ),
    Trap(
      name: "a resolution below 250 dpi",
      format: .iso2005,
      rule: "resolution",
      offset: 20,
      damage: { $0[21] = 98 },
      check: { repaired, _ in repaired.views.map(\.resolutionY) == [98, 98] }
    ),
    Trap(
      name: "the same view number twice",
      format: .iso2011,
      rule: "view-number",
      offset: 152,
      damage: { $0.replaceSubrange(151...152, with: [7, 0]) },
      check: { $0.views.map(\.viewNumber) == [0, 0] && $1.views.map(\.viewNumber) == [0, 1] }
    ),
    Trap(
      name: "the same view number twice",
      format: .ansi2004,
      rule: "view-number",
      offset: 87,
      damage: { $0.replaceSubrange(86...87, with: [7, 0x08]) },
      check: { repaired, _ in repaired.views.map(\.viewNumber) == [0, 0] }
    ),
    Trap(
      name: "more cores than there is room for",
      format: .iso2005,
      rule: "singular-points",
      offset: 69,
      damage: { $0[69] = 9 },
      check: { repaired, original in
        if case .raw(type: 2, let data) = repaired.views[0].extendedData[1] {
          data.count == 15 && data[0] == 9
            && repaired.views[0].minutiae == original.views[0].minutiae
        } else {
          false
        }
      }
    ),
    Trap(
      name: "a reserved bit in the count of cores",
      format: .ansi2009,
      rule: "singular-points",
      offset: 79,
      damage: { $0[79] |= 0x80 },
      check: { repaired, _ in
        if case .raw(type: 2, _) = repaired.views[0].extendedData[1] { true } else { false }
      }
    ),
    Trap(
      name: "zones of no width",
      format: .iso2005,
      rule: "zonal-quality",
      offset: 88,
      damage: { $0[88] = 0 },
      check: { repaired, _ in
        repaired.views[0].extendedData[2] == .raw(type: 3, data: [0, 100, 4, 0x1F, 0x2E, 0x3D])
      }
    ),
    Trap(
      name: "bits left over behind the zones",
      format: .iso2011,
      rule: "zonal-quality",
      offset: 130,
      damage: { $0[126] = 255 },
      check: { repaired, _ in
        if case .raw(type: 3, _) = repaired.views[0].extendedData[2] { true } else { false }
      }
    ),
    Trap(
      name: "an unknown method of ridge counting",
      format: .ansi2004,
      rule: "ridge-counts",
      offset: 60,
      damage: { $0[60] = 3 },
      check: { repaired, _ in
        repaired.views[0].extendedData[0] == .raw(type: 1, data: [3, 1, 2, 5, 2, 3, 11])
      }
    ),
    Trap(
      name: "a minutia quality of no meaning",
      format: .ansi2009,
      rule: "quality",
      offset: 43,
      damage: { $0[43] = 253 },
      check: { repaired, _ in
        repaired.views[0].minutiae[0].quality == nil
          && !repaired.views[0].minutiae[0].qualityFailed
      }
    ),
    Trap(
      name: "a finger quality of no meaning",
      format: .ansi2009am1,
      rule: "quality",
      offset: 24,
      damage: { $0[24] = 101 },
      check: { repaired, _ in
        repaired.views[0].quality == nil && !repaired.views[0].qualityFailed
      }
    ),
    Trap(
      name: "a quality block of no meaning",
      format: .iso2011,
      rule: "quality",
      offset: 34,
      damage: { $0[34] = 254 },
      check: { repaired, _ in repaired.views[0].quality == nil && repaired.views[0].qualityFailed }
    ),
    Trap(
      name: "a position of the amendment",
      format: .ansi2009,
      rule: "position",
      offset: 21,
      damage: { $0[21] = 13 },
      check: { repaired, _ in repaired.views[0].position == .unknown }
    ),
    Trap(
      name: "a position that no table has",
      format: .iso2011,
      rule: "position",
      offset: 48,
      damage: { $0[48] = 11 },
      check: { repaired, _ in repaired.views[0].position == .unknown }
    ),
    Trap(
      name: "an impression type of another standard",
      format: .iso2011,
      rule: "impression",
      offset: 54,
      damage: { $0[54] = 25 },
      check: { repaired, _ in repaired.views[0].impressionType == 25 }
    ),
    Trap(
      name: "an impression type of a later edition",
      format: .ansi2004,
      rule: "impression",
      offset: 27,
      damage: { $0[27] = 4 },
      check: { repaired, _ in repaired.views[0].impressionType == 4 }
    ),
    Trap(
      name: "a capture year of 0",
      format: .iso2011,
      rule: "capture-time",
      offset: 19,
      damage: { $0.replaceSubrange(19...20, with: [0, 0]) },
      check: { repaired, _ in
        repaired.views[0].captureTime?.year == nil && repaired.views[0].captureTime?.month == 2
      }
    ),
    Trap(
      name: "a capture millisecond of 1,000",
      format: .iso2011,
      rule: "capture-time",
      offset: 26,
      damage: { $0.replaceSubrange(26...27, with: [0x03, 0xE8]) },
      check: { repaired, _ in
        repaired.views[0].captureTime?.millisecond == nil
          && repaired.views[0].captureTime?.second == 58
      }
    ),
    Trap(
      name: "a block of extended data beyond the end of the record",
      format: .iso2005,
      rule: "extended-data",
      offset: 110,
      damage: { $0[111] = 8 }
    ),
  ]

  /// Damage that leaves nothing to go on with.
  static let fatal: [Trap] = [
    Trap(name: "no identifier", format: .iso2005, rule: "identifier", offset: 0) { $0[0] = 0x47 },
    Trap(name: "version 099", format: .ansi2009, rule: "version", offset: 4) {
      $0.replaceSubrange(5...6, with: [0x39, 0x39])
    },
    Trap(name: "no views", format: .iso2005, rule: "views", offset: 22) { $0[22] = 0 },
    Trap(name: "no views", format: .ansi2004, rule: "views", offset: 24) { $0[24] = 0 },
    Trap(name: "no views", format: .ansi2009am1, rule: "views", offset: 19) { $0[19] = 0 },
    Trap(name: "no representations", format: .iso2011, rule: "views", offset: 12) { $0[13] = 0 },
    Trap(name: "one view too many", format: .iso2005, rule: "truncated", offset: 119) {
      $0[22] = 3
    },
    Trap(name: "one minutia too many", format: .iso2005, rule: "truncated", offset: 98) {
      $0[97] = 5
    },
    Trap(name: "minutiae of 4 bytes", format: .iso2011, rule: "minutia-size", offset: 59) {
      $0[59] = 0x41
    },
  ]
}
