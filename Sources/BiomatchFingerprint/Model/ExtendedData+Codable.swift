/// Coded as an object with one key that names the kind of area: `ridgeCounts`, `singularPoints` or
/// `zonalQuality` with the value itself, `raw` with `type` and `data`.
extension ExtendedData: Codable {
  private enum Key: String, CodingKey {
    case ridgeCounts, singularPoints, zonalQuality, raw
  }

  private struct RawArea: Codable {
    var type: UInt16
    var data: [UInt8]
  }

  /// Decodes an area from what ``encode(to:)`` writes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    guard let key = container.allKeys.first, container.allKeys.count == 1 else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: "an area of extended data has exactly one of the known keys"
        )
      )
    }
    switch key {
    case .ridgeCounts: self = .ridgeCounts(try container.decode(RidgeCounts.self, forKey: key))
    case .singularPoints:
      self = .singularPoints(try container.decode(SingularPoints.self, forKey: key))
    case .zonalQuality: self = .zonalQuality(try container.decode(ZonalQuality.self, forKey: key))
    case .raw:
      let area = try container.decode(RawArea.self, forKey: key)
      self = .raw(type: area.type, data: area.data)
    }
  }

  /// Encodes the area as an object with one key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .ridgeCounts(let counts): try container.encode(counts, forKey: .ridgeCounts)
    case .singularPoints(let points): try container.encode(points, forKey: .singularPoints)
    case .zonalQuality(let quality): try container.encode(quality, forKey: .zonalQuality)
    case .raw(let type, let data):
      try container.encode(RawArea(type: type, data: data), forKey: .raw)
    }
  }
}
