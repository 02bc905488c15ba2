import BiomatchCore

/// Lists of identifiers, by line and by column.
let identifierListTargets: [FuzzTarget] = [
  FuzzTarget(name: "identifier-list") { input in
    // The first byte chooses between lines and a column.
    let column = (input.first ?? 0) & 1 == 0 ? nil : "id"
    let text = Array(input.dropFirst())
    withFile(of: text) { path in
      let subjects = list { () throws(IdentifierListError) in
        try IdentifierList.subjects(path, column: column).map(\.string)
      }
      let references = list { () throws(IdentifierListError) in
        try IdentifierList.references(path, column: column).map(\.string)
      }
      guard let subjects else {
        precondition(references == nil, "an entry is a sample, and no person")
        return
      }
      let texts = subjects.map { Array($0.utf8) }
      precondition((references == nil) == (Set(texts).count < texts.count), "entries are unique")
      if column == nil { precondition(texts == lines(of: text), "a line differs") }
    }
  }
]

private func list(_ read: () throws(IdentifierListError) -> [String]) -> [String]? {
  do throws(IdentifierListError) {
    return try read()
  } catch {
    precondition(!error.description.isEmpty)
    return nil
  }
}

/// The lines of a text all of whose entries are good.
private func lines(of text: [UInt8]) -> [[UInt8]] {
  let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
  let text = text.starts(with: mark) ? text.dropFirst(mark.count) : text[...]
  var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
    $0.last == UInt8(ascii: "\r") ? Array($0.dropLast()) : Array($0)
  }
  if lines.last == [] { lines.removeLast() }
  return lines
}
