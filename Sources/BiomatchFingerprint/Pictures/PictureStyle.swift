/// Colours, fonts and sizes of all pictures, in one place.
///
/// The colours are those of Okabe and Ito ("Color Universal Design", 2008), which readers with any
/// common colour vision deficiency can tell apart; no picture relies on colour alone.
enum PictureStyle {
  static let background = "#ffffff"
  static let paper = "#f7f8fa"
  static let frame = "#c4cad3"
  static let ink = "#1b2430"
  static let faintInk = "#5a6573"
  static let unmatched = "#9aa3af"

  static let blue = "#0072b2"
  static let vermillion = "#d55e00"
  static let purple = "#a5488a"

  /// Colours of matched pairs, taken in turn; yellow is left out because it fades on white.
  static let pairs = ["#0072b2", "#d55e00", "#009e73", "#a5488a", "#b87f00", "#2f8fc9"]

  static let fonts = "system-ui, 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', sans-serif"

  static let margin = 28.0
  static let gap = 24.0
  static let headerHeight = 88.0

  /// Pixels at 500 dpi in a millimetre.
  static let pixelsPerMillimetre = 19.7

  static func color(of kind: Minutia.Kind) -> String {
    switch kind {
    case .ending: blue
    case .bifurcation: vermillion
    case .other: purple
    }
  }

  /// Opacity of a mark: a full one where no quality is reported, faint for a poor minutia.
  static func opacity(quality: Int?) -> Double {
    guard let quality else { return 1 }
    return 0.3 + 0.7 * Double(max(0, min(100, quality))) / 100
  }
}
