import BiomatchCore

/// A face vector that is prepared once and compared with all rows of an index.
///
/// ``FaceIndex/prepare(_:)`` makes it for the indexes of one model and rotation.
public struct PreparedFace: Sendable {
  /// Names the model, the dimension and the rotation: searches refuse a probe of others.
  public let parameters: ParameterDigest

  let vector: [Float]
  let codes: [Int8]
  let bound: ScoreBound

  /// A probe of a vector of unit length.
  init(unit vector: [Float], parameters: ParameterDigest, kernels: VectorKernels) {
    self.parameters = parameters
    self.vector = vector
    let encoded = kernels.encodeProbe(vector)
    codes = encoded.codes
    bound = ScoreBound(scale: encoded.scale, sum: encoded.sum, residual: encoded.residual)
  }
}

/// Probes that share a pass over rows whose codes are of one basis, one behind the other in memory.
final class ProbeBatch: @unchecked Sendable {
  // Only read after `init`.
  let dimension: Int
  let count: Int
  let bounds: [ScoreBound]
  /// How the codes lie in memory.
  let layout: CodeLayout
  private let vectors: AlignedBytes
  private let packed: AlignedBytes
  private let codeCount: Int

  /// Probes of one dimension, for rows whose codes are those of vectors, or of coordinates in a basis.
  init(_ probes: [PreparedFace], dimension: Int, basis: FaceBasis?, kernels: VectorKernels) {
    self.dimension = dimension
    count = probes.count
    layout = basis?.layout ?? CodeLayout(dimension: dimension)
    // Whole cache lines each.
    codeCount = (8 * layout.groups + 63) / 64 * 64
    vectors = AlignedBytes(zeros: 4 * dimension * probes.count)
    packed = AlignedBytes(zeros: codeCount * probes.count)
    var bounds: [ScoreBound] = []
    for (index, probe) in probes.enumerated() {
      precondition(probe.vector.count == dimension)
      Self.copy(probe.vector, to: vectors.start + 4 * dimension * index)
      let place = packed.start + codeCount * index
      if let basis {
        let (codes, bound) = basis.encode(probe.vector, kernels)
        Self.copy(codes, to: place)
        bounds.append(bound)
      } else {
        Self.copy(probe.codes, to: place)
        bounds.append(probe.bound)
      }
    }
    self.bounds = bounds
  }

  private static func copy<Value>(_ values: [Value], to place: UnsafeMutableRawPointer) {
    values.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress { place.copyMemory(from: start, byteCount: bytes.count) }
    }
  }

  /// The probes' vectors.
  var values: UnsafePointer<Float> {
    UnsafePointer(vectors.start.assumingMemoryBound(to: Float.self))
  }

  /// The codes of a probe.
  func codes(_ index: Int) -> UnsafePointer<Int8> {
    UnsafePointer((packed.start + codeCount * index).assumingMemoryBound(to: Int8.self))
  }
}
