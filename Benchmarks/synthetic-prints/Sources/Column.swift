import Foundation

/// A named value; nothing where a group has none.
struct Figure {
  var name: String
  var value: Double?

  init(_ name: String, _ value: Double?) {
    self.name = name
    self.value = value
  }
}

/// One column of the table.
struct Column {
  var name: String
  var figures: [Figure]

  init(name: String, figures: [Figure]) {
    self.name = name
    self.figures = figures
  }

  init(meanOf columns: [Column]) {
    name = "mean"
    figures = (columns.first?.figures ?? []).enumerated().map { row, figure in
      let values = columns.compactMap { $0.figures[row].value }
      let isComplete = !values.isEmpty && values.count == columns.count
      return Figure(figure.name, isComplete ? values.mean : nil)
    }
  }

  init(ratioOfLastTwo columns: [Column]) {
    name = "ratio"
    figures = zip(columns[columns.count - 1].figures, columns[columns.count - 2].figures).map {
      guard let value = $0.value, let mean = $1.value, mean != 0 else {
        return Figure($0.name, nil)
      }
      return Figure($0.name, value / mean)
    }
  }

  static func table(_ columns: [Column]) -> String {
    var lines = [
      "| |" + columns.map { " \($0.name) |" }.joined(),
      "|---|" + columns.map { _ in "---|" }.joined(),
    ]
    for (row, figure) in (columns.first?.figures ?? []).enumerated() {
      let cells = columns.map { column in
        " " + (column.figures[row].value.map(text) ?? "-") + " |"
      }
      lines.append("| \(figure.name) |" + cells.joined())
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static func text(_ value: Double) -> String {
    let places = abs(value) >= 99.95 ? 0 : abs(value) >= 9.995 ? 1 : 2
    return String(format: "%.\(places)f", value)
  }
}

extension [Double] {
  var mean: Double { isEmpty ? .nan : reduce(0, +) / Double(count) }

  var deviation: Double {
    let mean = mean
    return map { ($0 - mean) * ($0 - mean) }.mean.squareRoot()
  }

  /// The value below which that share lies; nothing of an empty collection.
  func quantile(_ share: Double) -> Double? {
    isEmpty ? nil : sorted()[Int(share * Double(count - 1))]
  }
}
