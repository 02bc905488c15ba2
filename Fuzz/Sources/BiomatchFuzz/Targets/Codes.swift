import BiomatchCore
import BiomatchLinkage

/// Files of codes, and candidate pairs in the form of anonlink.
let codesTargets: [FuzzTarget] = [
  FuzzTarget(name: "codes-json") { input in check(input, .json) },
  FuzzTarget(name: "codes-csv") { input in check(input, .csv) },
  FuzzTarget(name: "anonlink-candidates") { input in
    guard let pairs = try? AnonlinkCandidates.pairs(input) else { return }
    let bytes = AnonlinkCandidates.headerBytes + AnonlinkCandidates.bytes(of: pairs)
    let again = try? AnonlinkCandidates.pairs(bytes)
    precondition(again == pairs, "pairs changed")
  },
]

/// Codes that were read have their length, and an identifier each.
private func check(_ input: [UInt8], _ format: CodesFormat) {
  guard let codes = try? Codes(text: input, format: format) else { return }
  precondition(codes.count > 0 && Codes.lengths.contains(codes.bits))
  precondition(Set(codes.identifiers).count == codes.count, "an identifier comes twice")
  for row in 0..<codes.count {
    precondition(codes.bytes(ofRow: row).count == codes.bytesPerRow, "a code has another length")
  }
}
