import BiomatchCore

/// What the matcher needs of a print, computed once at enrolment and compared often.
///
/// A flat run of bytes: a bit cylinder, place, direction, kind and weight of each minutia, in blocks
/// of sixteen, structure of arrays, in the order of their directions. 35 minutiae take 2,392 bytes. `docs/kernels.md` gives the
/// layout. Descriptors are made by ``FingerprintMatcher/describe(_:)`` and compare only with probes
/// of the same parameters.
public struct FingerprintDescriptors: Sendable, Hashable {
  /// Names the parameters by which the descriptors were computed.
  public let parameters: ParameterDigest
  /// The packed bytes.
  let packed: [UInt8]
  /// The template's minutiae in the packed order: by direction, then as in the template.
  let order: [Int]

  /// The number of minutiae.
  public var count: Int { packed.isEmpty ? 0 : Int(packed[0]) | Int(packed[1]) << 8 }

  /// The size of the packed bytes.
  public var byteCount: Int { packed.count }

  init(
    _ template: FingerprintTemplate,
    by constants: MatcherParameters,
    digest: ParameterDigest,
    tables: CylinderTables,
    kernels: ComparisonKernels
  ) {
    parameters = digest
    let points = DescribedPoints(template, tables: tables)
    let outline = Outline(x: points.x, y: points.y)
    let weights = MinutiaReliability.weights(points, outline: outline, parameters: constants)
    var writer = PackedPointsWriter(count: points.count)
    for k in 0..<Outline.directions {
      writer.setReach(Int16(outline.reach[k].rounded(.up)), direction: k)
    }
    order = points.orderByDirection
    for (place, i) in order.enumerated() {
      writer.setPoint(
        place,
        x: template.minutiae[i].x,
        y: -template.minutiae[i].y,
        angle: template.minutiae[i].angle,
        kind: template.minutiae[i].kind.rawValue,
        weight: weights[i]
      )
    }
    packed = kernels.encode(writer)
  }
}
