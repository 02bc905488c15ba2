import Testing
import Foundation
import TestVectors

/// The examples of ICAO Doc 9303.
struct MRZVectors: Decodable {
  struct Specimen: Decodable, CustomTestStringConvertible {
    var format: String
    var source: String
    var lines: [String]
    var primary: [String]
    var secondary: [String]
    var issuer: String
    var nationality: String
    var documentNumber: String
    var birth: String
    var sex: String
    var expiry: String
    var optionalData: String

    var testDescription: String { "\(format), \(source)" }
  }

  struct Name: Decodable, CustomTestStringConvertible {
    var formats: [String]
    var clause: String
    var visual: String
    var field: String
    var method: String

    var testDescription: String { "\(clause): \(field)" }
  }

  var specimens: [Specimen]
  var names: [Name]

  static let all: MRZVectors = {
    do {
      return try JSONDecoder().decode(
        MRZVectors.self,
        from: Data(TestVectors.bytes("mrz/specimens.json"))
      )
    } catch {
      fatalError("mrz/specimens.json: \(error)")
    }
  }()
}
