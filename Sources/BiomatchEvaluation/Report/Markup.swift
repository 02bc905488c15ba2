import BiomatchCore
import Foundation

/// Numbers as a reader wants them, and text for markup.
enum Markup {
  /// `text` with the characters that have a meaning in markup replaced.
  static func escaped(_ text: String) -> String { SVGWriter.escape(text) }

  /// A fraction as per cent, to two decimals.
  static func percent(_ value: Double) -> String {
    String(format: "%.2f", locale: nil, 100 * value)
  }

  /// A whole number with commas between groups of three digits.
  static func grouped(_ value: Int) -> String {
    let digits = String(value)
    return String(
      digits.enumerated().flatMap { index, digit -> [Character] in
        let left = digits.count - index
        return index > 0 && left.isMultiple(of: 3) ? [",", digit] : [digit]
      }
    )
  }

  /// A number in the shortest form, that of single precision for one which has no more, without a
  /// fraction when it is whole.
  static func number(_ value: Double) -> String {
    let single = Float(value)
    let text = Double(single) == value ? single.description : value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
