import BiomatchFingerprint
import Foundation
import Testing

@Suite("Templates as JSON")
struct TemplateCodingTests {
  private func template(minutiae count: Int) throws -> FingerprintTemplate {
    try FingerprintTemplate(
      view: FingerView(
        position: .leftRing,
        width: 300,
        height: 400,
        minutiae: (0..<count).map {
          Minutia(
            kind: .ending,
            x: $0,
            y: 2 * $0,
            angle: MinutiaAngle(steps: $0, per: 256),
            quality: UInt8($0 % 101)
          )
        }
      )
    )
  }

  @Test("a template comes back as it was", arguments: [0, 1, 128])
  func roundTrip(count: Int) throws {
    let template = try template(minutiae: count)
    let data = try JSONEncoder().encode(template)
    #expect(try JSONDecoder().decode(FingerprintTemplate.self, from: data) == template)
  }

  @Test(
    "a template that no view gives is refused",
    arguments: [
      #""x":7"#: #""x":16384"#, #""y":14"#: #""y":-32768"#, #""quality":7"#: #""quality":101"#,
      #""width":300"#: #""width":16384"#, #""height":400"#: #""height":-9223372036854775808"#,
    ]
  )
  func outOfRange(original: String, damage: String) throws {
    let data = try JSONEncoder().encode(template(minutiae: 128))
    let json = String(decoding: data, as: UTF8.self)
    let range = try #require(json.range(of: original))
    let damaged = json.replacingCharacters(in: range, with: damage)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(FingerprintTemplate.self, from: Data(damaged.utf8))
    }
  }

  @Test("a template of more minutiae than the matcher takes is refused")
  func tooMany() throws {
    let data = try JSONEncoder().encode(template(minutiae: 128))
    var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let minutiae = try #require(object["minutiae"] as? [Any])
    object["minutiae"] = minutiae + [minutiae[0]]
    let larger = try JSONSerialization.data(withJSONObject: object)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(FingerprintTemplate.self, from: larger)
    }
  }
}
