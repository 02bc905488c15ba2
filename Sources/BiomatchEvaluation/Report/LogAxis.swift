import Foundation

/// A place on an axis.
struct Tick {
  /// Where it is, as a share of the axis.
  var share: Double
  /// What is written there; empty for a line alone.
  var label: String
}

/// An axis for rates between 10^lowest and 1.
struct LogAxis {
  /// The exponent at the axis's start, below zero.
  let lowest: Int

  /// An axis that begins at the power of ten at or below the smallest positive rate, as far as a plot
  /// can show.
  init(for rates: some Sequence<Double>) {
    let smallest = rates.lazy.filter { $0 > 0 }.min() ?? 1
    // Rounding must not push 1e-4 below itself.
    lowest = min(-2, max(-7, Int((log10(smallest) + 1e-9).rounded(.down))))
  }

  /// The share of the axis at which `rate` is; what is too small lies before the axis.
  func share(_ rate: Double) -> Double {
    guard rate > 0 else { return -1 }
    return max(-1, 1 - log10(rate) / Double(lowest))
  }

  /// A labelled tick a decade, as per cent, and one without label at twice and five times it.
  var ticks: [Tick] {
    (lowest...0).flatMap { exponent -> [Tick] in
      let decade = pow(10, Double(exponent))
      let label =
        exponent >= -2
        ? String(Int((100 * decade).rounded()))
        : "0." + String(repeating: "0", count: -exponent - 3) + "1"
      let major = Tick(share: share(decade), label: label + " %")
      guard exponent < 0 else { return [major] }
      return [major] + [2, 5].map { Tick(share: share($0 * decade), label: "") }
    }
  }
}
