import BiomatchCore
@testable import BiomatchLinkage
import BiomatchTestSupport
import Testing

/// The answers of clkhash 0.18.3, from the development data.
enum KnownAnswers {
  static let document: JSONDocument = {
    guard let bytes = try? SharedData.bytes("vectors/clkhash/kat.json"),
      let document = try? JSONScanner.document(bytes)
    else { return .null }
    return document
  }()

  static func list(_ name: String) -> [KnownAnswer] {
    guard case .array(let values)? = document[name] else { return [] }
    return values.enumerated().map { KnownAnswer(number: $0, value: $1) }
  }
}

struct KnownAnswer: Sendable, CustomTestStringConvertible {
  var number: Int
  var value: JSONDocument

  var testDescription: String { value["name"]?.text ?? "number \(number)" }

  func text(_ name: String) -> String { value[name]?.text ?? "" }
  func integer(_ name: String) -> Int { value[name]?.integer ?? 0 }
  func texts(_ name: String) -> [String] { value[name]?.texts ?? [] }
}

extension JSONDocument {
  var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  var integer: Int? {
    guard case .number(let digits) = self else { return nil }
    return Int(digits)
  }

  var values: [JSONDocument] {
    guard case .array(let values) = self else { return [] }
    return values
  }

  var texts: [String] { values.compactMap(\.text) }
}

/// Bytes in clkhash's order: bit i is bit 7 - i mod 8 of byte i / 8.
func clkBytes(_ words: [UInt64], bits: Int) -> [UInt8] {
  (0..<bits / 8).map { byte in
    (0..<8).reduce(0) { value, bit in
      let index = byte * 8 + bit
      return value << 1 | UInt8(words[index / 64] >> UInt64(index % 64) & 1)
    }
  }
}

func words(_ bytes: [UInt8]) -> [UInt64] {
  var words = [UInt64](repeating: 0, count: (bytes.count + 7) / 8)
  for index in 0..<bytes.count * 8 where bytes[index / 8] & 0x80 >> UInt8(index % 8) != 0 {
    words[index / 64] |= 1 << UInt64(index % 64)
  }
  return words
}

func hexadecimal(_ text: String) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// Has `body` set bits in a row of its own, and returns its words.
func row(
  bits: Int,
  _ body: (BitRow) throws -> Void
) rethrows -> [UInt64] {
  var words = [UInt64](repeating: 0, count: (bits + 63) / 64)
  try words.withUnsafeMutableBufferPointer { buffer in
    guard let start = buffer.baseAddress else { return }
    try body(BitRow(start, wordCount: buffer.count))
  }
  return words
}
