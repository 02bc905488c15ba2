import Biomatch
import BiomatchCore
import BiomatchFingerprint
import Foundation

/// A change of one of the matcher's constants, written NAME=VALUE.
struct ParameterChange {
  private let name: String
  private let value: NSNumber

  init(_ text: String) throws {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let number = Double(parts[1]), number.isFinite else {
      throw UsageError.option(
        "--set",
        rule: "'\(text)' is not of the form NAME=NUMBER",
        remedy: "write for example --set pairs=32"
      )
    }
    name = parts[0]
    value =
      number == number.rounded() && abs(number) < 1e9
      ? NSNumber(value: Int(number)) : NSNumber(value: number)
  }

  /// The parameters with this change.
  func applied(to parameters: MatcherParameters) throws -> MatcherParameters {
    let data = try JSONEncoder().encode(parameters)
    let object = try JSONSerialization.jsonObject(with: data)
    guard var values = object as? [String: Any], values[name] != nil else {
      throw UsageError.option(
        "--set",
        rule: "the matcher has no constant named '\(name)'",
        remedy: "see the table of constants in docs/fingerprint-matching.md"
      )
    }
    values[name] = value
    do {
      let changed = try JSONDecoder().decode(
        MatcherParameters.self,
        from: JSONSerialization.data(withJSONObject: values)
      )
      try changed.validate()
      return changed
    } catch let error as MatcherParametersError {
      throw UsageError.option("--set", rule: error.rule, remedy: error.remedy)
    } catch {
      throw UsageError.option(
        "--set",
        rule: "\(value) is no value of '\(name)'",
        remedy: "give a whole number where the constant is one"
      )
    }
  }
}
