import Foundation

/// The figures of sets of vectors, one column each, as a table of Markdown.
struct FigureTable {
  private var lines: [String]

  init(_ sets: [FaceSet]) {
    lines = [
      "| |" + sets.map { " \($0.name) |" }.joined(), "|---|" + sets.map { _ in "---|" }.joined(),
    ]
    let columns = sets.map(Self.figures)
    for (row, figure) in (columns.first ?? []).enumerated() {
      let cells = columns.map { column in
        guard let value = column[row].value else { return " - |" }
        return " " + String(format: "%.\(figure.places)f", value) + " |"
      }
      lines.append("| \(figure.name) |" + cells.joined())
    }
  }

  var text: String { lines.joined(separator: "\n") + "\n" }

  private struct Figure {
    var name: String
    var value: Double?
    var places = 3
  }

  private static func figures(_ set: FaceSet) -> [Figure] {
    let (genuine, impostor) = set.compare()
    let (effectiveDimension, unevenness) = set.spread()
    var figures = [
      Figure(name: "impostor cosine, mean", value: impostor.mean),
      Figure(name: "impostor cosine, deviation", value: impostor.deviation),
      Figure(name: "genuine cosine, mean", value: genuine.mean),
      Figure(name: "genuine cosine, deviation", value: genuine.deviation),
    ]
    for (name, share) in [("1e-2", 1e-2), ("1e-3", 1e-3), ("1e-4", 1e-4), ("1e-5", 1e-5)] {
      figures.append(
        Figure(name: "cosine at FMR \(name)", value: impostor.threshold(reachedBy: share))
      )
    }
    for percent in [1, 5, 25, 50, 75, 95] {
      let share = 1 - Double(percent) / 100
      figures.append(
        Figure(name: "genuine cosine, \(percent) %", value: genuine.threshold(reachedBy: share))
      )
    }
    figures += [
      Figure(
        name: "EER, %",
        value: 100 * Comparisons.equalErrorRate(genuine: genuine, impostor: impostor),
        places: 2
      ),
      Figure(name: "rank", value: Double(set.rank()), places: 0),
      Figure(name: "effective dimension", value: effectiveDimension, places: 0),
      Figure(name: "largest to smallest deviation of a value", value: unevenness, places: 2),
    ]
    return figures
  }
}
