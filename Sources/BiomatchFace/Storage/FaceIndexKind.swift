import BiomatchCore

/// Indexes of face vectors of one model and dimension, under one rotation or none.
///
/// `docs/formats/face-index.md` is the specification of its sections.
struct FaceIndexKind: IndexKind {
  static let format = IndexFormat(
    kind: "face-index",
    removals: "face-removals",
    engine: "halves-1",
    details: ["model", "version", "dimension", "rotation"]
  )

  let model: FaceModel
  let layout: CodeLayout
  let rotation: FaceRotation?
  let kernels: VectorKernels
  let parameters: ParameterDigest

  var limits: IndexLimits

  /// Segments of so many rows have codes in a basis, where one pays.
  var fittedRowCount = 1 << 14

  init(
    model: FaceModel,
    dimension: Int,
    rotation: FaceRotation? = nil,
    kernels: VectorKernels
  ) {
    self.model = model
    layout = CodeLayout(dimension: dimension)
    self.rotation = rotation
    limits = Self.limits(dimension: dimension)
    self.kernels = kernels
    let turned = rotation.map { "rotation \($0.identifier)\n" } ?? ""
    parameters = ParameterDigest(
      of: "face\n\(model.name)\n\(model.version)\n\(dimension)\n\(turned)".utf8
    )
  }

  /// The same under another rotation of the dimension.
  func turned(by rotation: FaceRotation?) -> FaceIndexKind {
    var kind = FaceIndexKind(
      model: model,
      dimension: layout.dimension,
      rotation: rotation,
      kernels: kernels
    )
    (kind.limits, kind.fittedRowCount) = (limits, fittedRowCount)
    return kind
  }

  /// The kind that a manifest tells of, without the rotation, of which it tells the identifier only;
  /// `nil` where its details are none that an index has.
  init?(_ manifest: IndexManifest, kernels: VectorKernels) {
    let details = Dictionary(
      manifest.details.map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    guard let name = details["model"]?.text, let version = details["version"]?.text,
      let model = try? FaceModel(name: name, version: version),
      let dimension = details["dimension"]?.number, FaceVectors.dimensions.contains(dimension)
    else { return nil }
    self.init(model: model, dimension: dimension, kernels: kernels)
  }

  var details: [IndexDetail] {
    [
      IndexDetail("model", model.name), IndexDetail("version", model.version),
      IndexDetail("dimension", layout.dimension),
    ] + (rotation.map { [IndexDetail("rotation", $0.identifier)] } ?? [])
  }

  /// With identifiers of 64 bytes a segment of so many rows stays far below what four bytes count. What
  /// a save writes anew are vectors of 256 MiB at most.
  private static func limits(dimension: Int) -> IndexLimits {
    IndexLimits(
      rowsPerSegment: 1 << 20,
      mergedRowCount: min(1 << 16, (1 << 28) / (4 * dimension)),
      mergedByteCount: 1 << 26
    )
  }

  func join(_ runs: [RowRun<MemoryFaces>]) -> MemoryFaces {
    MemoryFaces(joining: runs, kernels: kernels)
  }

  func open(_ rows: SavedRows) throws(IndexError) -> SavedFaces {
    try SavedFaces(rows, layout: layout)
  }

  func writeBody(of runs: [RowRun<FacePart>], to writer: inout SegmentWriter) throws {
    var source = CodeSource(runs, layout: layout, kernels: kernels)
    if runs.reduce(0, { $0 + $1.rows.count }) >= fittedRowCount,
      layout.dimension <= FaceBasis.largestDimension
    {
      let sample = try source.sample(FaceBasis.sampleRowCount)
      source.basis = FaceBasis(fitting: sample, dimension: layout.dimension, kernels: kernels)
    }
    if let basis = source.basis {
      try writer.beginSection(SavedFaces.basisLabel)
      try writer.append(basis.values.withUnsafeBytes { [UInt8]($0) })
    }
    var headers: [UInt8] = []
    try writer.beginSection(SavedFaces.upperLabel)
    for chunk in source.chunks {
      let codes = try source.codes(chunk, .upper)
      headers += codes.headers
      try writer.append(codes.plane)
    }
    try writer.beginSection(SavedFaces.headersLabel)
    try writer.append(headers)
    try writer.beginSection(SavedFaces.lowerLabel)
    for chunk in source.chunks { try writer.append(try source.codes(chunk, .lower).plane) }
    try writer.beginSection(SavedFaces.vectorsLabel, blockSize: SavedFaces.vectorsBlockSize)
    for chunk in source.chunks {
      try writer.append(try source.vectors(chunk).withUnsafeBytes { [UInt8]($0) })
    }
  }

  func verify(_ part: SavedFaces) throws(IndexError) {
    let source = CodeSource(
      [RowRun(FacePart.saved(part), 0..<part.rows.count)],
      layout: layout,
      basis: try part.basis(kernels),
      kernels: kernels
    )
    for chunk in source.chunks {
      if let row = try source.firstDamagedRow(chunk) {
        throw part.rows.damage(ofRow: row.number, in: row.section)
      }
    }
  }
}
