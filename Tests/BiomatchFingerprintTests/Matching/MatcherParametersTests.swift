import BiomatchCore
import BiomatchFingerprint
import Foundation
import Testing

@Suite("Parameters of the matcher")
struct MatcherParametersTests {
  /// The names of all parameters, by reflection: a new one cannot be forgotten here.
  private static let names = Mirror(reflecting: MatcherParameters.standard).children
    .compactMap(\.label)

  /// The standard parameters with one replaced.
  private func changed(_ name: String, to value: Any) throws -> MatcherParameters {
    let data = try JSONEncoder().encode(MatcherParameters.standard)
    var object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object[name] != nil, "\(name) does not travel")
    object[name] = value
    return try JSONDecoder().decode(
      MatcherParameters.self,
      from: JSONSerialization.data(withJSONObject: object)
    )
  }

  /// Another value of a parameter, in its range.
  private func another(_ name: String) throws -> Any {
    let standard = Mirror(reflecting: MatcherParameters.standard).children
      .first { $0.label == name }?.value
    switch standard {
    case let value as Float: return Double(value.nextUp)
    case let value as Int: return value - 1
    case let value as Bool: return !value
    default:
      Issue.record("\(name) is of a kind that the test does not know")
      return 0
    }
  }

  @Test("every single parameter enters the digest", arguments: names)
  func digest(name: String) throws {
    let changed = try changed(name, to: another(name))
    #expect(changed != .standard, "\(name)")
    #expect(changed.digest != MatcherParameters.standard.digest, "\(name)")
  }

  @Test("digests of all single changes differ from one another")
  func distinct() throws {
    let digests = try Self.names.map { try changed($0, to: another($0)).digest }
    #expect(Set(digests).count == Self.names.count)
  }

  @Test("the digests of the published parameters are the ones that stored data names")
  func golden() {
    #expect(MatcherParameters.standard.digest.hex == "0153c3ee492f9c5fccfd793343130668")
    #expect(MatcherParameters.anyRotation.digest.hex == "7899305031862aee9ee6527b1b0d68e3")
    #expect(MatcherParameters().digest == MatcherParameters.standard.digest)
  }

  @Test("parameters survive encoding and decoding")
  func codable() throws {
    var parameters = MatcherParameters.anyRotation
    parameters.evidenceBase = -1.0 / 3
    let data = try JSONEncoder().encode(parameters)
    let decoded = try JSONDecoder().decode(MatcherParameters.self, from: data)
    #expect(decoded == parameters)
    #expect(decoded.digest == parameters.digest)
  }

  @Test("the published parameters are valid")
  func valid() throws {
    try MatcherParameters.standard.validate()
    try MatcherParameters.anyRotation.validate()
  }

  @Test(
    "a parameter out of range is named",
    arguments: names.filter { $0 != "anyRotation" },
    [1e9, -1e9]
  )
  func outOfRange(name: String, value: Double) throws {
    let parameters = try changed(name, to: Int(value))
    let error = #expect(throws: MatcherParametersError.self) { try parameters.validate() }
    #expect(error?.location.field == name)
    #expect(error?.rule.contains(name) == true)
  }

  @Test("NaN and infinity are out of range", arguments: [Float.nan, .infinity, -.infinity])
  func notFinite(value: Float) {
    var parameters = MatcherParameters.standard
    parameters.matchSlope = value
    #expect(throws: MatcherParametersError.self) { try parameters.validate() }
  }
}
