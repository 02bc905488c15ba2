import BiomatchCore

/// Looks for what a format allows and a matcher suffers from.
///
/// A record without findings is not thereby a good one; a finding is a reason to look at how the
/// record was made. Breaches of the format itself are the decoder's ``RecordRepair``.
public enum RecordLint {
  /// Prints with fewer minutiae than this are seldom told apart reliably. Twelve is the count that
  /// many police forces long took for an identification (Ashbaugh, "Quantitative-Qualitative
  /// Friction Ridge Analysis", 1999).
  public static let fewMinutiae = 12

  /// Findings of all views, view by view.
  ///
  /// - Complexity: O(*n* log *n*) in the number of minutiae.
  public static func findings(in record: MinutiaeRecord) -> [RecordFinding] {
    record.views.enumerated().flatMap { index, view in
      findings(in: view).map { $0.placed(inView: index + 1, of: record.views.count) }
    }
  }

  /// Findings of one view.
  public static func findings(in view: FingerView) -> [RecordFinding] {
    count(view) + resolution(view) + duplicates(view) + quality(view)
  }

  private static func count(_ view: FingerView) -> [RecordFinding] {
    let count = view.minutiae.count
    if count == 0 {
      return [RecordFinding(.noMinutiae, "the view has no minutiae and matches nothing")]
    }
    guard count < fewMinutiae else { return [] }
    return [
      RecordFinding(.fewMinutiae, "\(count) minutiae; fewer than \(fewMinutiae) seldom suffice")
    ]
  }

  private static func resolution(_ view: FingerView) -> [RecordFinding] {
    // 98 px/cm is 250 dpi, below which ridges are not resolved; 394 is 1,000 dpi.
    let plausible = 98...394
    return [("horizontal", view.resolutionX), ("vertical", view.resolutionY)].compactMap {
      axis,
      found in
      guard !plausible.contains(found) else { return nil }
      let hint = found == 500 || found == 1000 ? "; it looks like dots per inch" : ""
      return RecordFinding(
        .resolution,
        "\(axis) resolution of \(found) px/cm, usual is 197 (500 dpi)\(hint)"
      )
    }
  }

  private static func duplicates(_ view: FingerView) -> [RecordFinding] {
    var first: [[Int]: Int] = [:]
    var findings: [RecordFinding] = []
    for (index, minutia) in view.minutiae.enumerated() {
      let place = [minutia.x, minutia.y, Int(minutia.angle.units)]
      if let earlier = first[place] {
        findings.append(
          RecordFinding(
            .duplicate,
            "the same place and direction as minutia \(earlier + 1)",
            field: "minutia \(index + 1)"
          )
        )
      } else {
        first[place] = index
      }
    }
    return findings
  }

  private static func quality(_ view: FingerView) -> [RecordFinding] {
    guard !view.minutiae.isEmpty, view.minutiae.allSatisfy({ $0.quality == nil }) else { return [] }
    return [
      RecordFinding(.noQuality, "no minutia reports its quality; matching is less accurate without")
    ]
  }
}

/// One finding of ``RecordLint``.
public struct RecordFinding: Sendable, Hashable, Codable {
  /// What was found; the raw value is the stable code.
  public enum Rule: String, Sendable, Hashable, Codable, CaseIterable {
    /// A view without minutiae.
    case noMinutiae = "minutiae.lint.none"
    /// A view with too few minutiae to be told apart reliably.
    case fewMinutiae = "minutiae.lint.few"
    /// A resolution that no fingerprint scanner has.
    case resolution = "minutiae.lint.resolution"
    /// A minutia at the place and with the direction of an earlier one.
    case duplicate = "minutiae.lint.duplicate"
    /// A view none of whose minutiae reports a quality.
    case noQuality = "minutiae.lint.quality"
  }

  /// What was found.
  public var rule: Rule
  /// Where: views and minutiae are counted from one.
  public var location: ErrorLocation
  /// The finding as a sentence without a full stop.
  public var text: String

  /// A finding of that rule.
  public init(_ rule: Rule, _ text: String, field: String? = nil) {
    self.rule = rule
    self.text = text
    location = ErrorLocation(field: field)
  }

  func placed(inView view: Int, of count: Int) -> RecordFinding {
    guard count > 1 else { return self }
    var result = self
    result.location.field = ["view \(view)", location.field].compactMap { $0 }.joined(
      separator: ", "
    )
    return result
  }
}
