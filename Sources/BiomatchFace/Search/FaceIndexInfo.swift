import BiomatchCore

/// What an index holds, for people.
public struct FaceIndexInfo: Sendable, Hashable, Codable {
  /// The model that made the vectors.
  public var model: String
  /// How many values a vector has.
  public var dimension: Int
  /// The identifier of the rotation that the vectors are under; `nil` for none.
  public var rotation: String?
  /// How many vectors can be found.
  public var count: Int
  /// How many rows keep their place for removed vectors, until the index is compacted.
  public var removed: Int
  /// How many saved segments there are.
  public var segments: Int
  /// How many rows are in memory only.
  public var unsaved: Int
  /// Size of the vectors, removed ones included.
  public var vectorByteCount: Int
  /// Size of their codes, bases of subspaces apart.
  public var codeByteCount: Int
  /// Names model, dimension and rotation.
  public var parameters: ParameterDigest
  /// The state of the content.
  public var generation: UInt64

  /// Bytes of codes a value; zero without rows.
  public var codeBytesPerValue: Double {
    vectorByteCount == 0 ? 0 : 4 * Double(codeByteCount) / Double(vectorByteCount)
  }
}

extension FaceSnapshot {
  /// What the index holds.
  public var info: FaceIndexInfo {
    let layout = content.kind.layout
    let memory = content.parts.filter(\.isInMemory)
    return FaceIndexInfo(
      model: content.kind.model.description,
      dimension: layout.dimension,
      rotation: content.kind.rotation?.identifier,
      count: count,
      removed: content.removed.count,
      segments: content.parts.count - memory.count,
      unsaved: memory.reduce(0) { $0 + $1.rowCount },
      vectorByteCount: 4 * layout.dimension * content.rowCount,
      codeByteCount: content.parts.reduce(0) { sum, part in
        sum + CodeLayout.blocks(part.rowCount)
          * (CodeLayout.headerBytes + 2 * part.codeLayout.blockBytes)
      },
      parameters: content.kind.parameters,
      generation: generation
    )
  }
}
