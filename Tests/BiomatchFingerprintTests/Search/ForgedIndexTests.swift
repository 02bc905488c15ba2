import BiomatchTestSupport
import Synchronization
import Testing

@testable import BiomatchFingerprint

/// A forged index of prints.
private struct ForgedPrints {
  struct Rows {
    var references: [String]
    var positions: [UInt8]
    var starts: [UInt32]
    var order: [UInt32]
    var prints: [UInt8]
    var omitted: SegmentLabel?
    /// What the manifest says.
    var claimedRows: Int?
  }

  var segments: [Rows]
  var removed: [UInt8]?
  var claimedRemoved = 0
  var revision: UInt64 = 1
  var generation: UInt64 = 1
  let matcher: FingerprintMatcher

  /// Three prints in a segment and one in another, as an index saves them.
  init(matcher: FingerprintMatcher = Pool.matcher) {
    self.matcher = matcher
    let packed = (0..<3).map { matcher.describe(Pool.templates[$0]).packed }
    let ends = packed.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count / 8) }
    segments = [
      Rows(
        references: ["b", "c", "a"],
        positions: [0, 1, 2],
        starts: ends.dropLast().map { UInt32($0) },
        order: [2, 0, 1],
        prints: packed.flatMap { $0 }
      ),
      Rows(references: ["d"], positions: [0], starts: [0], order: [0], prints: packed[1]),
    ]
  }

  func write(to path: String) throws {
    var index = ForgedIndex(FingerprintIndexKind.format, matcher.digest)
    (index.revision, index.generation) = (revision, generation)
    (index.removed, index.claimedRemoved) = (removed, claimedRemoved)
    index.segments = segments.map { rows in
      let sections: [(label: SegmentLabel, bytes: [UInt8])] = [
        ("positions", rows.positions), ("starts", ForgedIndex.bytes(rows.starts)),
        ("order", ForgedIndex.bytes(rows.order)), ("prints", rows.prints),
      ]
      return ForgedIndex.Rows(
        rows.references,
        sections.filter { $0.label != rows.omitted },
        claimedRows: rows.claimedRows
      )
    }
    try index.write(to: path)
  }
}

/// Does everything that reads a saved index; how many calls failed, and what verifying says.
private func use(_ path: String) throws -> (failures: Int, verified: IndexError?) {
  let index: FingerprintIndex
  do throws(IndexError) {
    index = try FingerprintIndex(opening: path, matcher: Pool.matcher)
  } catch {
    return (1, error)
  }
  var failures = 0
  func attempt(_ work: () throws -> Void) throws {
    do { try work() } catch is IndexError { failures += 1 }
  }
  let filter = FingerPositionFilter([.rightThumb])
  for positions in [nil, filter] {
    let probes = Pool.probes.prefix(2).map { FingerprintSearchProbe($0, positions: positions) }
    for mode in SearchMode.allCases {
      var options = FingerprintSearchOptions(limit: 9)
      options.mode = mode
      try attempt { _ = try index.snapshot().searchBlocking(probes, options) }
    }
  }
  try attempt { _ = try index.snapshot().select { _, _, _ in true } }
  try attempt { _ = try index.snapshot().info() }
  var verified: IndexError?
  do throws(IndexError) { try index.verify() } catch { verified = error }
  for reference in ["0", "a", "b", "c", "d", "e"] {
    let reference = try ReferenceID(reference)
    try attempt { try index.remove([reference]) }
    let entry = FingerprintIndexEntry(
      reference: reference,
      subject: try SubjectID("s"),
      template: Pool.templates[0]
    )
    try attempt { try index.append([entry], threads: 1) }
  }
  try attempt { try index.compact() }
  return (failures, verified)
}

@Suite("Forged index directories")
struct ForgedIndexTests {
  @Test("the example without a change is in order")
  func example() throws {
    let directory = try TemporaryDirectory()
    try ForgedPrints().write(to: directory.path)
    let found = try use(directory.path)
    #expect((found.failures, found.verified) == (0, nil))
  }

  private struct Change: CustomTestStringConvertible {
    let testDescription: String
    let code: String
    /// Where in the file the damage is said to be; not compared for `nil`.
    let field: String?
    let apply: @Sendable (inout ForgedPrints) -> Void

    init(
      _ what: String,
      _ code: String,
      at field: String? = nil,
      _ apply: @escaping @Sendable (inout ForgedPrints) -> Void
    ) {
      (testDescription, self.code, self.field, self.apply) = (what, code, field, apply)
    }
  }

  private static let changes: [Change] = [
    Change("a start lies in front of the one before", "index.rows", at: "row 2 of section 'starts'")
    { $0.segments[0].starts[2] = 1 },
    Change("a start lies behind the next", "index.rows", at: "row 1 of section 'starts'") {
      $0.segments[0].starts[1] += 1000
    },
    Change("a start lies behind the prints", "index.rows", at: "row 2 of section 'starts'") {
      $0.segments[0].starts[2] = .max
    },
    Change("the first start is not 0", "index.rows", at: "row 0 of section 'starts'") {
      $0.segments[0].starts[0] = 1
    },
    Change("starts descend", "index.rows", at: "row 0 of section 'starts'") {
      $0.segments[0].starts.reverse()
    },
    Change("angles descend", "index.rows", at: "row 0 of section 'prints'") {
      $0.segments[0].prints[40 + 736 * Int($0.segments[0].prints[2])] = 255
    },
    Change("a lane without a minutia has an angle", "index.rows", at: "row 0 of section 'prints'") {
      $0.segments[0].prints[40 + 752 * Int($0.segments[0].prints[2]) - 1] = 255
    },
    Change(
      "a lane without a minutia has a signature",
      "index.rows",
      at: "row 0 of section 'prints'"
    ) { $0.segments[0].prints[40 + 640 * Int($0.segments[0].prints[2]) - 1] = 1 },
    Change("a lane without a minutia has a place", "index.rows", at: "row 0 of section 'prints'") {
      $0.segments[0].prints[40 + 672 * Int($0.segments[0].prints[2]) - 1] = 1
    },
    Change("a lane without a minutia has a kind", "index.rows", at: "row 0 of section 'prints'") {
      $0.segments[0].prints[40 + 784 * Int($0.segments[0].prints[2]) - 1] = 1
    },
    Change("a header has more than two numbers", "index.rows", at: "row 0 of section 'prints'") {
      $0.segments[0].prints[5] = 1
    },
    Change("a print has more minutiae than any", "index.rows", at: "row 0 of section 'prints'") {
      $0.segments[0].prints.replaceSubrange(0..<4, with: [129, 0, 9, 0])
    },
    Change("a print has more blocks than its minutiae need", "index.rows") {
      $0.segments[0].prints[2] = 7
    },
    Change("a print is longer than its room", "index.rows") {
      $0.segments[0].prints.replaceSubrange(0..<4, with: [128, 0, 8, 0])
    },
    Change("the last print is cut off", "index.rows") { $0.segments[0].prints.removeLast(8) },
    Change("there are no prints", "index.rows") { $0.segments[0].prints = [] },
    Change("the prints are no multiple of 8 bytes", "index.rows") {
      $0.segments[0].prints.append(0)
    },
    Change("bytes are left over behind the last print", "index.rows") {
      $0.segments[0].prints += Array(repeating: 0, count: 8)
    },
    Change("a position has no code", "index.rows", at: "row 1 of section 'positions'") {
      $0.segments[0].positions[1] = 11
    },
    Change("a position is beyond all codes", "index.rows", at: "row 1 of section 'positions'") {
      $0.segments[0].positions[1] = 255
    },
    Change("the order is not ascending", "index.rows") { $0.segments[0].order = [0, 1, 2] },
    Change("the order has a row twice", "index.rows") { $0.segments[0].order = [2, 0, 0] },
    Change("the order has a row that is not there", "index.rows") {
      $0.segments[0].order = [2, 0, 3]
    },
    Change("a section is too short", "index.rows") { $0.segments[0].positions.removeLast() },
    Change("a section is too long", "index.rows") { $0.segments[0].starts.append(0) },
    Change("positions are missing", "segment.section") { $0.segments[0].omitted = "positions" },
    Change("prints are missing", "segment.section") { $0.segments[1].omitted = "prints" },
    Change("a reference has two prints", "index.rows") { $0.segments[1].references = ["b"] },
    Change("the manifest tells more rows", "index.mismatch") { $0.segments[0].claimedRows = 4 },
    Change("the manifest tells fewer rows", "index.mismatch") { $0.segments[0].claimedRows = 2 },
    Change("the manifest tells no rows", "index.manifest") { $0.segments[0].claimedRows = 0 },
    Change("the manifest tells a negative number of rows", "index.manifest") {
      $0.segments[0].claimedRows = -1
    },
    Change("the manifest tells too many rows", "index.manifest") {
      $0.segments[0].claimedRows = Int.max
    },
    Change("more rows are marked than the manifest tells", "index.rows") {
      ($0.removed, $0.claimedRemoved) = ([3], 1)
    },
    Change("a row behind the last is marked", "index.rows") {
      ($0.removed, $0.claimedRemoved) = ([16], 1)
    },
    Change("marks are longer than rows", "index.rows") {
      ($0.removed, $0.claimedRemoved) = ([1, 0], 1)
    },
    Change("more rows are removed than there are", "index.manifest") {
      ($0.removed, $0.claimedRemoved) = ([15], 5)
    },
    Change("the generation cannot be counted up", "index.manifest") { $0.generation = .max },
    Change("the revision cannot be counted up", "index.manifest") { $0.revision = .max },
    Change("the generation is higher than any", "index.manifest") {
      $0.generation = IndexManifest.largestCount + 1
    },
    Change("the revision is higher than any", "index.manifest") {
      $0.revision = IndexManifest.largestCount + 1
    },
    Change("the revision is none", "index.manifest") { $0.revision = 0 },
  ]

  @Test(
    "content that breaks a rule behind right checksums is found, and never traps",
    arguments: changes
  )
  private func forgeries(change: Change) throws {
    let directory = try TemporaryDirectory()
    var forged = ForgedPrints()
    change.apply(&forged)
    try forged.write(to: directory.path)
    let error = try #require(try use(directory.path).verified)
    #expect(error.code == change.code)
    if let field = change.field { #expect(error.location.field == field) }
  }

  @Test("the last revision and generation can be changed and searched, and not saved")
  func lastNumbers() throws {
    for isRevision in [true, false] {
      let directory = try TemporaryDirectory()
      var forged = ForgedPrints()
      if isRevision {
        forged.revision = IndexManifest.largestCount
      } else {
        forged.generation = IndexManifest.largestCount
      }
      try forged.write(to: directory.path)
      let manifest = directory.path + "/" + IndexFileName.manifest
      let bytes = try FileBytes.read(manifest)
      let index = try FingerprintIndex(opening: directory.path, matcher: Pool.matcher)
      try index.remove([try ReferenceID("a")])
      #expect(throws: IndexError.self) { try index.save() }
      #expect(try FileBytes.read(manifest) == bytes)
      try FingerprintIndex(opening: directory.path, matcher: Pool.matcher).verify()
    }
  }

  @Test("whoever reads a position without a code says where it is")
  func positionDamage() throws {
    let directory = try TemporaryDirectory()
    var forged = ForgedPrints()
    forged.segments[0].positions[1] = 11
    try forged.write(to: directory.path)
    let index = try FingerprintIndex(opening: directory.path, matcher: Pool.matcher)
    let snapshot = index.snapshot()
    let expected = IndexError.corruptRows(
      path: directory.path + "/rows-1-1.segment",
      row: 1,
      section: "positions"
    )
    let filter = FingerPositionFilter([.rightThumb])
    let probes = [FingerprintSearchProbe(Pool.probes[0], positions: filter)]
    #expect(throws: expected) {
      try snapshot.searchBlocking(probes, FingerprintSearchOptions(limit: 1))
    }
    #expect(throws: expected) { try snapshot.select { _, _, _ in true } }
    #expect(throws: expected) { try snapshot.info() }
    #expect(throws: expected) { try index.verify() }
  }

  @Test(
    "angles in disorder are found by verifying, and trap no search",
    arguments: [MatcherParameters(), .anyRotation]
  )
  func disorder(parameters: MatcherParameters) throws {
    let matcher = FingerprintMatcher(parameters: parameters)
    let minutiae = (0..<128).map { index in
      Minutia(
        kind: .ending,
        x: 60 + 53 * index % 260,
        y: 60 + 97 * index % 300,
        angle: MinutiaAngle(steps: 37 * index, per: 256),
        quality: 60
      )
    }
    let view = FingerView(width: 388, height: 480, minutiae: minutiae)
    let template = try FingerprintTemplate(view: view)
    let packed = matcher.describe(template).packed
    #expect(packed[0] == 128)
    let range = 40 + 736 * 8..<40 + 752 * 8
    let angles = Array(packed[range])
    let probes = [template, Pool.templates[0]].map { FingerprintSearchProbe(matcher.prepare($0)) }
    let disorders: [[UInt8]] = [
      Array(angles.reversed()), Array(angles[64...] + angles[..<64]),
      [255] + Array(angles.dropFirst()), (0..<128).map { $0.isMultiple(of: 2) ? 255 : 0 },
    ]
    for disordered in disorders {
      let directory = try TemporaryDirectory()
      var forged = ForgedPrints(matcher: matcher)
      forged.segments[1].prints = packed
      forged.segments[1].prints.replaceSubrange(range, with: disordered)
      try forged.write(to: directory.path)
      let index = try FingerprintIndex(opening: directory.path, matcher: matcher)
      let damage = IndexError.corruptRows(
        path: directory.path + "/rows-1-2.segment",
        row: 0,
        section: "prints"
      )
      #expect(throws: damage) { try index.verify() }
      for mode in SearchMode.allCases {
        var options = FingerprintSearchOptions(limit: 9)
        options.mode = mode
        do { _ = try index.snapshot().searchBlocking(probes, options) } catch {
          #expect(error == damage)
        }
      }
    }
  }

  @Test("segments are rewritten only where that leaves fewer")
  func compactness() {
    let limits = FingerprintIndexKind(matcher: Pool.matcher).limits
    let full = limits.rowsPerSegment
    for rows in [[], [1], [full], [full, 1], [full, full, 10], [full - 1, 2]] {
      #expect(limits.isCompact(rowCounts: rows), "\(rows)")
    }
    for rows in [[1, 1], [full - 1, 1], [full, 1, 1]] {
      #expect(!limits.isCompact(rowCounts: rows), "\(rows)")
    }
  }

  @Test("random content behind right checksums never traps", arguments: UInt64(0)..<50)
  func random(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    var random = SeededGenerator(seed: seed)
    var forged = ForgedPrints()
    func change(_ bytes: inout [UInt8]) {
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        guard let index = bytes.indices.randomElement(using: &random) else { return }
        bytes[index] = [0, 1, 7, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
      }
    }
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      switch Int.random(in: 0..<6, using: &random) {
      case 0: change(&forged.segments[0].positions)
      case 1:
        forged.segments[0].starts[Int.random(in: 0..<3, using: &random)] = .random(
          in: 0...900,
          using: &random
        )
      case 2:
        forged.segments[0].order[Int.random(in: 0..<3, using: &random)] = .random(
          in: 0...3,
          using: &random
        )
      case 3: (forged.removed, forged.claimedRemoved) = ([.random(in: 0...31, using: &random)], 2)
      default: change(&forged.segments[0].prints)
      }
    }
    try forged.write(to: directory.path)
    let found = try use(directory.path)
    // What verifying accepts can be used; a print's own content may be any.
    if found.verified == nil { #expect(found.failures == 0, "seed \(seed)") }
  }

  @Test("rows are spread over as many segments as they need", arguments: [1, 2, 3, 4, 5, 100])
  func split(rowsPerSegment: Int) throws {
    let directory = try TemporaryDirectory()
    var generator = SeededGenerator(seed: 51)
    let prints = try StoredPrint.random(10, using: &generator)
    let index = FingerprintIndex(matcher: Pool.matcher)
    for batch in [prints[..<3], prints[3..<9], prints[9...]] {
      try index.append(batch.map(\.entry))
    }
    try index.remove([prints[4].reference, prints[9].reference])
    var kind = FingerprintIndexKind(matcher: Pool.matcher)
    kind.limits.rowsPerSegment = rowsPerSegment
    var writer = RowWriter(
      kind: kind,
      directory: IndexDirectory(path: directory.path),
      revision: 1,
      generation: 1
    )
    let parts = try writer.write(index.store.state.liveRows(from: 0))
    let counts = parts.map(\.rows.count)
    #expect(counts.reduce(0, +) == 8)
    #expect(counts.dropLast().allSatisfy { $0 == rowsPerSegment })
    for part in parts {
      try part.rows.segment.verify()
      try part.rows.verifyOrder()
      try part.verify()
    }
    let references = try parts.flatMap { part in
      try (0..<part.rows.count).map { try part.rows.reference(ofRow: $0) }
    }
    #expect(references == prints[..<9].map(\.reference).filter { $0 != prints[4].reference })
  }
}
