/// Text in aligned columns; columns of numbers are set flush right.
struct TextTable {
  var header: [String]
  var rows: [[String]]
  /// Stands before each line.
  var indent = ""

  var text: String {
    let rows = rows.map { $0.map(\.shownInRow) }
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    let flushRight = header.indices.map { column in
      !rows.isEmpty && rows.allSatisfy { Self.isNumeric($0[column]) }
    }
    return ([header] + rows).map { cells in
      let padded = cells.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - cells[column].count)
        return flushRight[column] ? space + cells[column] : cells[column] + space
      }
      var line = indent + padded.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private static func isNumeric(_ cell: String) -> Bool {
    cell.allSatisfy { $0.isNumber || ".-+%–°,".contains($0) }
  }
}
