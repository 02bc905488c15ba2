import Biomatch
import BiomatchCore
import BiomatchLinkage

/// How good links are, at the threshold that was asked for and at the best one.
struct LinkageFigures {
  var atThreshold: (threshold: Double, quality: LinkageQuality)
  /// `nil` without links.
  var best: (threshold: Double, quality: LinkageQuality)?
  /// What blocking kept; `nil` where all pairs were compared.
  var blocks: BlockingQuality?

  /// For people.
  var text: String {
    let table = TextTable(
      header: rows[0].names,
      rows: rows.map { row in
        zip(row.fields, row.texts).map { field, text in
          guard case .real(let number) = field.value else { return text }
          return Figure.fraction(number)
        }
      }
    )
    let note = blocks.map {
      "blocks: pair completeness \(Figure.fraction($0.pairCompleteness)), "
        + "reduction ratio \(Figure.fraction($0.reductionRatio))\n"
    }
    return table.text + (note ?? "")
  }

  /// For machines, with all digits.
  func json() throws -> [UInt8] {
    Array(try RowPrinter.text(rows, names: rows[0].names, format: .json).utf8)
  }

  private var rows: [Row] {
    [row("threshold", atThreshold)] + (best.map { [row("best", $0)] } ?? [])
  }

  private func row(
    _ name: String,
    _ figures: (threshold: Double, quality: LinkageQuality)
  ) -> Row {
    let quality = figures.quality
    let row = Row([
      "at": .text(name), "threshold": .real(figures.threshold),
      "links": .integer(quality.linkCount), "correct": .integer(quality.correctCount),
      "matches": .integer(quality.matchCount), "precision": .real(quality.precision),
      "recall": .real(quality.recall), "f1": .real(quality.f1),
    ])
    guard let blocks else { return row }
    return row.appending(
      Row([
        "pairCompleteness": .real(blocks.pairCompleteness),
        "reductionRatio": .real(blocks.reductionRatio),
      ])
    )
  }
}
