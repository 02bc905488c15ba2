import BiomatchCore
import CBiomatchKernels

// The boundary to the C kernels: the only file of this module that sees a C type or a pointer.
// Memory handed to a kernel is owned by one of the types below and outlives the call.

/// Fills the packed form of a print that the kernels read.
struct PackedPointsWriter {
  private(set) var bytes: [UInt8]
  private let blocks: Int32

  init(count: Int) {
    precondition(count <= Int(BM_MAX_POINTS))
    blocks = Int32((count + Int(BM_LANES) - 1) / Int(BM_LANES))
    bytes = [UInt8](repeating: 0, count: Int(bm_packed_bytes(blocks)))
    store(UInt16(count), at: 0)
    store(UInt16(blocks), at: 2)
  }

  mutating func setReach(_ reach: Int16, direction: Int) {
    store(UInt16(bitPattern: reach), at: Int(bm_half_planes_offset()) + 2 * direction)
  }

  mutating func setPoint(
    _ i: Int,
    x: Int16,
    y: Int16,
    angle: UInt8,
    kind: UInt8,
    weight: UInt8
  ) {
    store(UInt16(bitPattern: x), at: Int(bm_x_offset(blocks)) + 2 * i)
    store(UInt16(bitPattern: y), at: Int(bm_y_offset(blocks)) + 2 * i)
    bytes[Int(bm_angle_offset(blocks)) + i] = angle
    bytes[Int(bm_weight_offset(blocks)) + i] = weight
    bytes[Int(bm_kind_offset(blocks)) + i] = kind
  }

  private mutating func store(_ value: UInt16, at offset: Int) {
    bytes[offset] = UInt8(truncatingIfNeeded: value)
    bytes[offset + 1] = UInt8(truncatingIfNeeded: value >> 8)
  }
}

/// The size of the packed print that starts with these bytes; `nil` when its header is impossible.
func packedByteCount(of bytes: UnsafeRawBufferPointer) -> Int? {
  guard bytes.count >= Int(BM_HEADER_BYTES) else { return nil }
  let count = Int32(UInt16(littleEndian: bytes.loadUnaligned(as: UInt16.self)))
  let blocks = Int32(
    UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
  )
  let lanes = Int32(BM_LANES)
  guard count <= Int32(BM_MAX_POINTS), blocks == (count + lanes - 1) / lanes else { return nil }
  return Int(bm_packed_bytes(blocks))
}

/// The kernels of one SIMD level with the constants that they compare by.
final class ComparisonKernels: @unchecked Sendable {
  // Written once in `init`, only read afterwards: safe to share.
  fileprivate let parameters: UnsafeMutablePointer<bm_parameters>
  fileprivate let table: UnsafePointer<bm_kernels>

  /// The kernels of `level`, which must be available.
  init(
    _ constants: MatcherParameters,
    gates: ScreeningGates,
    directions: CylinderTables,
    level: SIMDLevel
  ) {
    let code =
      switch level {
      case .portable: BM_SIMD_PORTABLE
      case .neon: BM_SIMD_NEON
      case .avx2: BM_SIMD_AVX2
      case .avx512: BM_SIMD_AVX512
      }
    guard let table = bm_kernels_at(Int32(code)) else {
      preconditionFailure("SIMD level \(level) is not available")
    }
    self.table = table
    parameters = .allocate(capacity: 1)
    parameters.initialize(to: bm_parameters())
    fill(parameters, constants, directions)
    fill(parameters, constants, gates, directions)
  }

  deinit { parameters.deallocate() }

  /// The packed points with the signatures that their places and angles give.
  func encode(_ points: PackedPointsWriter) -> [UInt8] {
    var packed = points.bytes
    packed.withUnsafeMutableBufferPointer { packed in
      table.pointee.encode(packed.baseAddress, parameters)
    }
    return packed
  }
}

private func fill(
  _ p: UnsafeMutablePointer<bm_parameters>,
  _ constants: MatcherParameters,
  _ directions: CylinderTables
) {
  func squared(_ x: Float) -> Float { x * x }
  p.pointee.sight = squared(constants.cylinderRadius + directions.reach)
  p.pointee.pitch = directions.pitch
  p.pointee.reach = directions.reach
  p.pointee.threshold = constants.cellThreshold
  p.pointee.least_seen = Int32(constants.minimumNeighbours)
  p.pointee.spatial_count = Int32(directions.spatial.count)
  copy(directions.spatial, to: &p.pointee.spatial)
  copy(directions.directional, to: &p.pointee.directional)
  copy(directions.cellNumber, to: &p.pointee.cell)
  p.pointee.direction_gate = Int32(constants.directionGate)
  p.pointee.pairs = Int32(max(1, min(constants.pairs, Int(BM_MAX_PAIRS))))
  p.pointee.support_place = squared(constants.compatibleDistance)
  // The kernels measure the distance as the sum of both prints' squares.
  p.pointee.support_slope = squared(constants.compatibleSlope) / 2
  p.pointee.support_chord = 1 / squared(constants.compatibleAngle)
  p.pointee.second_seed = constants.secondHypothesis
  p.pointee.fit_direction = squared(constants.directionLever)
  p.pointee.fit_floor = constants.refitFloor
  p.pointee.tolerance_base = constants.matchDistance
  p.pointee.tolerance_slope = constants.matchSlope
  p.pointee.tolerance_limit = constants.matchDistanceLimit
  p.pointee.match_chord = 1 / squared(constants.matchAngle)
  p.pointee.match_turn = turnLimit(ofChord: constants.matchAngle)
  p.pointee.density = squared(constants.densityRadius)
  p.pointee.dilation = constants.overlapDilation
  p.pointee.evidence_base = constants.evidenceBase
  p.pointee.evidence_place = constants.evidenceDistance
  p.pointee.evidence_chord = constants.evidenceAngle
  p.pointee.evidence_similarity = constants.evidenceSimilarity
  p.pointee.evidence_unsigned = constants.evidenceWithoutCylinder
  p.pointee.evidence_kind = constants.evidenceKind
  let crowds = (0...Int(BM_MAX_POINTS)).map {
    constants.evidenceCrowd * Float(ReproducibleMath.logarithm(Double($0) + 0.3))
  }
  copy(crowds, to: &p.pointee.evidence_neighbours)
  copy(directions.cosine, to: &p.pointee.cosine)
  copy(directions.sine, to: &p.pointee.sine)
}

/// The largest difference of direction, 1/256 turn, whose chord is below `chord`, with two more for
/// rounding.
private func turnLimit(ofChord chord: Float) -> Int32 {
  let sine = Double(chord) / 2
  guard sine < 1 else { return 128 }
  let half = ReproducibleMath.arctangent(y: sine, x: (1 - sine * sine).squareRoot())
  return min(128, Int32(2 * half * 128 / ReproducibleMath.pi) + 3)
}

/// The constants of the gates.
private func fill(
  _ p: UnsafeMutablePointer<bm_parameters>,
  _ constants: MatcherParameters,
  _ gates: ScreeningGates,
  _ directions: CylinderTables
) {
  let rotation = (0..<256).map { k in
    // Sixteen bits each, rounded toward zero.
    UInt32(UInt16(bitPattern: Int16(directions.cosine[k] * 32_767)))
      | UInt32(UInt16(bitPattern: Int16(directions.sine[k] * 32_767))) << 16
  }
  copy(rotation, to: &p.pointee.rotation)
  p.pointee.gate_direction = constants.anyRotation ? 128 : Int32(gates.directionGate)
  p.pointee.gate_tolerance = Int32(gates.tolerance * 8)
  p.pointee.gate_limit = Int32(gates.toleranceLimit * 8)
  p.pointee.gate_turn_limit = Int32(gates.turnLimit) * 256
  copy((0...Int(BM_MAX_POINTS)).map(gates.leastSupport), to: &p.pointee.gate_support)
  p.pointee.gate_score = gates.leastScore / constants.scoreScale
  p.pointee.expected_offset = constants.expectedOffset
  p.pointee.evidence_share = constants.evidenceShare
  p.pointee.overlap_offset = constants.overlapOffset
  p.pointee.upright = constants.anyRotation ? 0 : 1
}

/// Copies values over a C array, which Swift sees as a tuple.
private func copy<Element: BitwiseCopyable, Tuple>(_ values: [Element], to tuple: inout Tuple) {
  withUnsafeMutableBytes(of: &tuple) { target in
    values.withUnsafeBytes { source in
      precondition(source.count <= target.count)
      target.copyMemory(from: source)
    }
  }
}

/// A print unpacked for many comparisons.
final class PreparedPoints: @unchecked Sendable {
  // Written once in `init`, only read afterwards: safe to share.
  fileprivate let probe: UnsafeMutablePointer<bm_probe>

  init(_ descriptors: FingerprintDescriptors, kernels: ComparisonKernels) {
    probe = .allocate(capacity: 1)
    descriptors.packed.withUnsafeBufferPointer { packed in
      kernels.table.pointee.prepare(packed.baseAddress, kernels.parameters, probe)
    }
  }

  deinit { probe.deallocate() }
}

/// Buffers of one comparison.
struct ComparisonWorkspace {
  fileprivate var reference = bm_points()
  fileprivate var pairs = bm_pairs()
  fileprivate var matches = bm_matches()
}

/// Sums over the minutiae matched under one hypothesis.
struct MatchSums {
  /// Number of matches.
  let count: Int
  /// Their weight, weighted nearness and weighted evidence.
  let weight: Float
  let nearness: Float
  let evidence: Float
  /// Weight of matches expected by chance, and of the minutiae in the overlap.
  let expected: Float
  let overlap: Float
  /// Rotation and centroids, y upward.
  let cosine: Float

  fileprivate init(_ sums: bm_sums) {
    count = Int(sums.count)
    weight = sums.weight
    nearness = sums.nearness
    evidence = sums.evidence
    expected = sums.expected
    overlap = sums.overlap
    cosine = sums.cosine
  }
}

/// One match of a hypothesis: indices in the packed order, and residuals.
struct MatchResidual {
  let probe: Int
  let reference: Int
  /// Pixels at 500 dpi.
  let distance: Float
  /// Squared chord of the directions on the unit circle, as a share of its tolerance.
  let chord: Float
}

/// A hypothesis in full; valid only while it is visited.
struct HypothesisDetails {
  fileprivate let matches: UnsafePointer<bm_matches>

  /// Rotation and centroids, y upward.
  var cosine: Float { matches.pointee.sums.cosine }
  var sine: Float { matches.pointee.sine }
  var probe: (x: Float, y: Float) { (matches.pointee.probe_x, matches.pointee.probe_y) }
  var reference: (x: Float, y: Float) {
    (matches.pointee.reference_x, matches.pointee.reference_y)
  }

  /// The matches.
  var residuals: [MatchResidual] {
    (0..<Int(matches.pointee.sums.count)).map { k in
      MatchResidual(
        probe: Int(bm_match_probe(matches)[k]),
        reference: Int(bm_match_reference(matches)[k]),
        distance: bm_match_distance(matches)[k].squareRoot(),
        chord: bm_match_chord(matches)[k]
      )
    }
  }
}

extension ComparisonKernels {
  /// Compares a probe with a print, hypothesis by hypothesis.
  ///
  /// - Parameter visit: Called for each hypothesis, the best supported first, with the sums and what
  ///   else there is to know.
  func compare(
    _ probe: PreparedPoints,
    _ reference: FingerprintDescriptors,
    visit: (MatchSums, HypothesisDetails) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: ComparisonWorkspace.self, capacity: 1) { buffer in
      reference.packed.withUnsafeBufferPointer { packed in
        guard let workspace = buffer.baseAddress, let packed = packed.baseAddress else { return }
        compare(probe.probe, packed, workspace, visit)
      }
    }
  }

  private func compare(
    _ probe: UnsafePointer<bm_probe>,
    _ packed: UnsafePointer<UInt8>,
    _ workspace: UnsafeMutablePointer<ComparisonWorkspace>,
    _ visit: (MatchSums, HypothesisDetails) -> Void
  ) {
    // The kernels write every field before they read it.
    let kernels = table.pointee
    kernels.screen(probe, packed, parameters, &workspace.pointee.pairs)
    guard workspace.pointee.pairs.count >= 2 else { return }
    kernels.unpack(packed, parameters, &workspace.pointee.reference)
    kernels.support(probe, &workspace.pointee.reference, parameters, &workspace.pointee.pairs)
    let seeds = (workspace.pointee.pairs.first_seed, workspace.pointee.pairs.second_seed)
    follow(seeds.0, probe, packed, workspace, visit)
    if seeds.1 >= 0 { follow(seeds.1, probe, packed, workspace, visit) }
  }

  private func follow(
    _ seed: Int32,
    _ probe: UnsafePointer<bm_probe>,
    _ packed: UnsafePointer<UInt8>,
    _ workspace: UnsafeMutablePointer<ComparisonWorkspace>,
    _ visit: (MatchSums, HypothesisDetails) -> Void
  ) {
    table.pointee.match(
      probe,
      packed,
      &workspace.pointee.reference,
      parameters,
      &workspace.pointee.pairs,
      seed,
      &workspace.pointee.matches
    )
    withUnsafePointer(to: &workspace.pointee.matches) { matches in
      visit(MatchSums(matches.pointee.sums), HypothesisDetails(matches: matches))
    }
  }
}

extension ComparisonKernels {
  /// Whether a pair of prints passes the gates of a screened search.
  func passes(_ probe: PreparedPoints, _ reference: FingerprintDescriptors) -> Bool {
    withUnsafeTemporaryAllocation(of: bm_survivor.self, capacity: 1) { survivor in
      reference.packed.withUnsafeBufferPointer { packed in
        withExtendedLifetime(probe) {
          var (probes, offset, wanted) = (
            UnsafePointer(probe.probe) as UnsafePointer?, UInt32(0), UInt32(1)
          )
          var passed: (Int64, Int64) = (0, 0)
          return withUnsafeMutableBytes(of: &passed) { passed in
            table.pointee.scan(
              &probes,
              1,
              packed.baseAddress,
              Int64(packed.count),
              &offset,
              &wanted,
              1,
              1,
              parameters,
              survivor.baseAddress,
              passed.baseAddress?.assumingMemoryBound(to: Int64.self)
            ) == 1
          }
        }
      }
    }
  }
}

/// Buffers of one thread's scan.
final class ScanWorkspace {
  /// How many prints and how many probes one call can compare.
  static let printCapacity = 128
  static let probeCapacity = 16

  fileprivate let survivors: UnsafeMutablePointer<bm_survivor>

  init() { survivors = .allocate(capacity: Self.printCapacity * Self.probeCapacity) }

  deinit { survivors.deallocate() }
}

extension ComparisonKernels {
  /// Compares probes with prints of an arena.
  ///
  /// - Parameters:
  ///   - arena: Packed prints; nothing outside is read, whatever they say.
  ///   - offsets: Where the prints start, in units of 8 bytes.
  ///   - wanted: For each print a bit for each probe that is compared with it.
  ///   - counts: Raised by the pairs that pass the gates, for each probe.
  ///   - visit: Called with the number of the probe, the position in the offsets and the sums of all
  ///     hypotheses, for each pair that passes the gates and shares something.
  /// - Returns: The position of the first print that is none, if any; then nothing is visited.
  func scan(
    _ probes: [PreparedPoints],
    arena: UnsafeRawBufferPointer,
    offsets: UnsafeBufferPointer<UInt32>,
    wanted: UnsafeBufferPointer<UInt32>,
    gated: Bool,
    workspace: ScanWorkspace,
    counts: inout [ScanCounts],
    visit: (Int, Int, MatchSums, MatchSums?) -> Void
  ) -> DamagedPrint? {
    precondition(offsets.count <= ScanWorkspace.printCapacity && offsets.count == wanted.count)
    precondition(probes.count <= ScanWorkspace.probeCapacity && probes.count == counts.count)
    let gates = Int(BM_GATES)
    let found = withUnsafeTemporaryAllocation(of: Int64.self, capacity: gates * probes.count) {
      passed in
      passed.initialize(repeating: 0)
      let found = withUnsafeTemporaryAllocation(
        of: UnsafePointer<bm_probe>?.self,
        capacity: probes.count
      ) { pointers in
        for (q, probe) in probes.enumerated() {
          pointers.initializeElement(at: q, to: UnsafePointer(probe.probe))
        }
        return withExtendedLifetime(probes) {
          table.pointee.scan(
            pointers.baseAddress,
            Int32(probes.count),
            arena.baseAddress?.assumingMemoryBound(to: UInt8.self),
            Int64(arena.count),
            offsets.baseAddress,
            wanted.baseAddress,
            Int32(offsets.count),
            gated ? 1 : 0,
            parameters,
            workspace.survivors,
            passed.baseAddress
          )
        }
      }
      for q in probes.indices {
        counts[q].pastFirstGate += Int(passed[q * gates])
        counts[q].pastSecondGate += Int(passed[q * gates + 1])
      }
      return found
    }
    guard found >= 0 else { return DamagedPrint(index: Int(-1 - found)) }
    for survivor in UnsafeBufferPointer(start: workspace.survivors, count: Int(found)) {
      visit(
        Int(survivor.probe),
        Int(survivor.index),
        MatchSums(survivor.sums.0),
        survivor.hypotheses > 1 ? MatchSums(survivor.sums.1) : nil
      )
    }
    return nil
  }
}
