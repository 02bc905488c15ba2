import BiomatchCore
import BiomatchLinkage

/// Files of codes, and candidate pairs in the form of anonlink.
let codesTargets: [FuzzTarget] = [
  FuzzTarget(name: "codes-json") { input in check(input, .json) },
  FuzzTarget(name: "codes-csv") { input in check(input, .csv) },
  FuzzTarget(name: "codes-bytes") { input in
    // The first byte is the format and the length of a code.
    guard let first = input.first else { return }
    let format = first & 1 == 0 ? CodesFormat.bytes : .packed
    check(Array(input.dropFirst()), format, bits: 64 * Int(first >> 1))
  },
  FuzzTarget(name: "anonlink-candidates") { input in
    guard let pairs = try? AnonlinkCandidates.pairs(input) else { return }
    let bytes = AnonlinkCandidates.headerBytes + AnonlinkCandidates.bytes(of: pairs)
    let again = try? AnonlinkCandidates.pairs(bytes)
    precondition(again == pairs, "pairs changed")
  },
  FuzzTarget(name: "block-key") { input in
    // The description up to the first NUL, then the value of all columns.
    let parts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    guard let key = try? BlockKey(String(decoding: parts[0], as: UTF8.self)) else { return }
    precondition((try? BlockKey(key.text)) == key, "a description changed")
    let value = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : ""
    let values = key.values { _ in value }
    precondition(Set(values).count == values.count, "a value comes twice")
    precondition(values.allSatisfy { $0.count == key.terms.count }, "a term has no value")
  },
]

/// Codes that were read have their length, and an identifier each.
private func check(_ input: [UInt8], _ format: CodesFormat, bits: Int? = nil) {
  guard let codes = try? Codes(text: input, format: format, bits: bits) else { return }
  precondition(codes.count == 0 || Codes.lengths.contains(codes.bits))
  precondition(Set(codes.identifiers).count == codes.count, "an identifier comes twice")
  for row in 0..<codes.count {
    precondition(codes.bytes(ofRow: row).count == codes.bytesPerRow, "a code has another length")
  }
}
