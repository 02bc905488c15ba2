import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFingerprint

struct TemplateShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a template, or how two templates match, as text or picture.",
    discussion: """
      Examples:

        biomatch template show probe.iso
        biomatch template show probe.iso --svg probe.svg
        biomatch template show probe.iso reference.iso --svg match.svg
      """
  )

  @Argument(help: "The template, or the probe of a comparison.")
  var a: String

  @Argument(help: "The reference of a comparison.")
  var b: String?

  @Option(name: .long, help: "Draw to this SVG file instead; - is the standard output.")
  var svg: String?

  @OptionGroup var views: ViewOptions
  @OptionGroup var decision: DecisionOptions
  @OptionGroup var matching: MatchingOptions
  @OptionGroup var template: TemplateOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    if let b {
      let (first, second) = try template.load(a, b)
      return try showMatch(first, second)
    }
    let loaded = try template.load(a)
    loaded.warnOfRepairs()
    try showPrint(loaded)
  }

  private func showPrint(_ loaded: LoadedTemplate) throws {
    if let svg {
      let view = try loaded.view(views.viewA, option: "--view-a")
      let drawing = MinutiaeDrawing.svg(of: DrawnPrint(view: view, name: loaded.name))
      return try OutputFile.write(Array(drawing.utf8), to: svg)
    }
    if output.format == .table { StandardOutput.write(summary(of: loaded)) }
    let chosen = views.viewA.map { [$0] } ?? Array(1...max(1, loaded.views.count))
    var rows: [Row] = []
    for number in chosen {
      let view = try loaded.view(number, option: "--view-a")
      rows += view.minutiae.enumerated().map { Self.row($1, index: $0 + 1, view: number) }
    }
    try StandardOutput.write(
      RowPrinter.text(rows, names: Self.minutiaFields, format: output.format)
    )
  }

  private func summary(of loaded: LoadedTemplate) -> String {
    var text = "\(loaded.path): \(loaded.decoded.format.title)\n"
    for (index, view) in loaded.views.enumerated() {
      let quality = view.quality.map { "quality \($0)" } ?? "quality not reported"
      text +=
        "view \(index + 1): \(view.position.title), \(view.minutiae.count) minutiae, \(quality), "
        + "\(view.width) x \(view.height) px at \(view.resolutionX) x \(view.resolutionY) px/cm\n"
    }
    return text + "\n"
  }

  private static let minutiaFields = ["view", "minutia", "kind", "x", "y", "angle", "quality"]

  private static func row(_ minutia: Minutia, index: Int, view: Int) -> Row {
    Row([
      "view": .integer(view), "minutia": .integer(index),
      "kind": .text(String(describing: minutia.kind)), "x": .integer(minutia.x),
      "y": .integer(minutia.y), "angle": .real(minutia.angle.degrees),
      "quality": .optional(minutia.quality.map(Int.init)),
    ])
  }

  private func showMatch(_ first: LoadedTemplate, _ second: LoadedTemplate) throws {
    let comparer = try matching.comparer(threshold: decision.score())
    let comparison = try comparer.compare(
      Print(view: first.view(views.viewA, option: "--view-a"), file: first),
      Print(view: second.view(views.viewB, option: "--view-b"), file: second)
    )
    if let svg { return try OutputFile.write(Array(comparison.svg.utf8), to: svg) }
    if output.format == .table {
      StandardOutput.write(
        "\(first.path) and \(second.path): \(comparison.verdict.text)\n"
          + "\(comparison.result.pairs.count) pairs; places at 500 dpi, what remains in px and degrees\n\n"
      )
    }
    try StandardOutput.write(
      RowPrinter.text(comparison.pairRows, names: Comparison.pairFields, format: output.format)
    )
  }
}
