import BiomatchCore

/// What an index holds, for people.
public struct FingerprintIndexInfo: Sendable, Hashable, Codable {
  /// How many prints can be found.
  public var count: Int
  /// How many rows keep their place for removed prints, until the index is compacted.
  public var removed: Int
  /// How many saved segments there are.
  public var segments: Int
  /// How many rows are in memory only.
  public var unsaved: Int
  /// Size of all rows, removed ones included, identifiers apart.
  public var byteCount: Int
  /// Names the matcher's parameters.
  public var parameters: ParameterDigest
  /// The state of the content.
  public var generation: UInt64
  /// How many prints of each position can be found; positions without any are left out.
  public var positions: [FingerPosition: Int]

  /// Bytes a row, identifiers apart; zero without rows.
  public var bytesPerPrint: Double {
    count + removed == 0 ? 0 : Double(byteCount) / Double(count + removed)
  }
}

extension FingerprintSnapshot {
  /// What the index holds.
  ///
  /// - Throws: ``IndexError`` when positions are damaged.
  /// - Complexity: O(n); reads the position of every print.
  public func info() throws(IndexError) -> FingerprintIndexInfo {
    var positions: [FingerPosition: Int] = [:]
    for (part, firstRow) in zip(content.parts, content.firstRows) {
      let codes = try part.withPositions(ofRows: 0..<part.rowCount) { Array($0) }
      for (row, code) in codes.enumerated() where !content.removed.contains(firstRow + row) {
        guard let position = FingerPosition(rawValue: code) else {
          throw part.positionDamage(ofRow: row)
        }
        positions[position, default: 0] += 1
      }
    }
    let memory = content.parts.filter(\.isInMemory)
    return FingerprintIndexInfo(
      count: count,
      removed: content.removed.count,
      segments: content.parts.count - memory.count,
      unsaved: memory.reduce(0) { $0 + $1.rowCount },
      byteCount: content.parts.reduce(0) { $0 + $1.byteCount },
      parameters: matcher.digest,
      generation: generation,
      positions: positions
    )
  }
}
