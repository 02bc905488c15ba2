import Foundation

extension KeySource {
  static func variable(_ name: String) throws -> [UInt8] {
    guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
      throw KeySourceError.variable(name)
    }
    return Array(value.utf8.prefix(KeyText.limit))
  }
}
