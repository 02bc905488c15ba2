import BiomatchFingerprint
import Foundation

/// Compares a record with a JSON description of its content, field by field.
enum GroundTruth {
  /// The record in the words of the JSON ground truth.
  static func describe(_ record: MinutiaeRecord, as format: MinutiaeFormat) -> [String: Any] {
    let views = record.views.map { describe($0, as: format) }
    var result: [String: Any] = ["fingerprints": views]
    guard let first = record.views.first else { return result }
    if let product = record.product {
      result["vendorId"] = Int(product.owner)
      result["subformat"] = Int(product.type)
    }
    result["sensorCertified"] = first.device.compliance & 0x80 != 0
    result["sensorId"] = Int(first.device.model)
    result.merge(size(of: first)) { _, new in new }
    return result
  }

  /// Steps of a full turn in the format's unit of direction.
  static func stepsPerTurn(in format: MinutiaeFormat) -> Int {
    format.rawValue.hasPrefix("ansi") ? 180 : 256
  }

  /// Every place where `found` lacks a value of `expected` or has another one.
  ///
  /// Directions of ANSI records are compared modulo a full turn of 180 steps: one of the published
  /// samples has two beyond it.
  static func differences(
    expected: Any,
    found: Any?,
    path: String = "",
    stepsPerTurn: Int
  ) -> [String] {
    switch expected {
    case let object as [String: Any]:
      guard let other = found as? [String: Any] else { return ["\(path): no object"] }
      return object.keys.sorted().flatMap { key in
        differences(
          expected: object[key] ?? NSNull(),
          found: other[key],
          path: "\(path).\(key)",
          stepsPerTurn: stepsPerTurn
        )
      }
    case let array as [Any]:
      guard let other = found as? [Any], other.count == array.count else {
        return ["\(path): expected \(array.count) elements, found \(String(describing: found))"]
      }
      return array.indices.flatMap {
        differences(
          expected: array[$0],
          found: other[$0],
          path: "\(path)[\($0)]",
          stepsPerTurn: stepsPerTurn
        )
      }
    case is NSNull:
      return found == nil || found is NSNull ? [] : ["\(path): expected null"]
    case let number as Int where path.hasSuffix("angle"):
      let other = found as? Int
      return other == number % stepsPerTurn
        ? [] : ["\(path): expected \(number), found \(String(describing: other))"]
    default:
      let same =
        "\(expected)" == "\(found ?? "nothing")"
        || (expected as? NSNumber)?.boolValue == (found as? Bool) && found is Bool
      return same ? [] : ["\(path): expected \(expected), found \(found ?? "nothing")"]
    }
  }

  private static func size(of view: FingerView) -> [String: Any] {
    [
      "width": view.width, "height": view.height,
      "resolutionX": view.resolutionX, "resolutionY": view.resolutionY,
    ]
  }

  private static func describe(_ view: FingerView, as format: MinutiaeFormat) -> [String: Any] {
    var result = size(of: view)
    result["position"] = positions[view.position]
    result["view"] = Int(view.viewNumber)
    result["scanType"] = view.impressionType == 0 ? "LIVE_PLAIN" : "\(view.impressionType)"
    result["quality"] = view.quality.map { Int($0) }
    result["qualityVendorId"] = view.qualitySource.map { Int($0.vendor) }
    result["qualityAlgorithmId"] = view.qualitySource.map { Int($0.algorithm) }
    result["qrecords"] = qualityBlocks(view)
    result["certificates"] = view.device.certifications.map { Int($0.authority) }
    result["sensorType"] = view.device.technology == 0 ? "UNKNOWN" : "\(view.device.technology)"
    result["sensorVendor"] = Int(view.device.vendor)
    result["sensorId"] = Int(view.device.model)
    result["datetime"] = view.captureTime.map(describe)
    result["endingType"] =
      view.ridgeEndingType == .valleySkeletonBifurcation ? "VALLEY_SKELETON_BIFURCATION" : "other"
    result["minutiae"] = view.minutiae.map { minutia in
      [
        "type": name(of: minutia.kind, in: format),
        "positionX": minutia.x,
        "positionY": minutia.y,
        "angle": minutia.angle.steps(per: stepsPerTurn(in: format)),
        "quality": minutia.quality.map { Int($0) } ?? 254,
      ]
    }
    describe(view.extendedData, into: &result)
    return result
  }

  private static func describe(_ time: CaptureTime) -> [String: Any] {
    [
      "year": Int(time.year ?? 0xFFFF), "month": Int(time.month ?? 0xFF),
      "day": Int(time.day ?? 0xFF), "hour": Int(time.hour ?? 0xFF),
      "minute": Int(time.minute ?? 0xFF), "second": Int(time.second ?? 0xFF),
      "millisecond": Int(time.millisecond ?? 0xFFFF),
    ]
  }

  private static func qualityBlocks(_ view: FingerView) -> [[String: Any]] {
    let first = QualityBlock(quality: view.quality, source: view.qualitySource)
    let isPresent = view.quality != nil || view.qualityFailed
    return ((isPresent ? [first] : []) + view.furtherQualities).map { block in
      [
        "quality": Int(block.quality ?? 255),
        "vendor": Int(block.source?.vendor ?? 0),
        "algorithm": Int(block.source?.algorithm ?? 0),
      ]
    }
  }

  private static func describe(_ extended: [ExtendedData], into result: inout [String: Any]) {
    var extensions: [[String: Any]] = []
    for area in extended {
      switch area {
      case .ridgeCounts(let counts):
        let names: [RidgeCounts.Method: String] = [
          .other: "CUSTOM", .quadrants: "QUADRANTS", .octants: "OCTANTS",
        ]
        result["counts"] = [
          "type": names[counts.method] ?? "?",
          "edges": counts.edges.map {
            ["from": Int($0.from), "to": Int($0.to), "count": Int($0.count)]
          },
        ]
      case .singularPoints: result["coredelta"] = "present"
      case .zonalQuality: result["zones"] = "present"
      case .raw(let type, let data):
        extensions.append(["type": Int(type), "data": Data(data).base64EncodedString()])
      }
    }
    result["extensions"] = extensions
  }

  private static func name(of kind: Minutia.Kind, in format: MinutiaeFormat) -> String {
    switch (kind, format) {
    case (.ending, _): "ENDING"
    case (.bifurcation, _): "BIFURCATION"
    case (.other, .ansi2009), (.other, .ansi2009am1): "EITHER"
    case (.other, _): "OTHER"
    }
  }

  private static let positions: [FingerPosition: String] = [
    .leftIndex: "LEFT_INDEX", .rightIndex: "RIGHT_INDEX",
  ]
}
