/// How commands name synthetic samples: fingers, impressions and people are counted from one, in digits
/// that sort as numbers.
enum SyntheticNames {
  /// The name of a sample, `00000123_1` for the first impression of finger number 122.
  static func sample(finger: Int, impression: Int) -> String {
    "\(padded(finger + 1, 8))_\(impression + 1)"
  }

  /// The name of a sample of a face, `F0000123_1` for the first one of subject number 122.
  static func face(identity: Int, sample: Int) -> String {
    "F\(padded(identity + 1, 7))_\(sample + 1)"
  }

  /// The name of a person, `P0000013` for subject number 12.
  static func subject(_ number: Int) -> String { "P" + padded(number + 1, 7) }

  /// The number with zeros before it, up to so many digits.
  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
