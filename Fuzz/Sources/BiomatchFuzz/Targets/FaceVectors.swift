import BiomatchCore
import BiomatchFace

/// The readers of face vectors: however a file is cut into batches, it has the same rows.
let faceVectorTargets: [FuzzTarget] = [
  FuzzTarget(name: "npy") { input in _ = check(input, .npy) },
  FuzzTarget(name: "face-csv") { input in
    // The first byte chooses what is said about the header.
    let headers: [FaceVectorCSVOptions.Header] = [.detected, .present, .absent]
    let options = FaceVectorCSVOptions(header: headers[Int(input.first ?? 0) % headers.count])
    let text = Array(input.dropFirst())
    let rows = check(text, .csv(options))
    if rows.failure == nil { checkNumbers(of: rows, in: text) }
  },
]

private struct Rows: Equatable {
  var dimension = 0
  var values: [UInt32] = []
  var references: [ReferenceID] = []
  var subjects: [SubjectID] = []
  /// Code and place of the error that ended the reading.
  var failure: [String]?

  mutating func add(_ batch: FaceVectorBatch) {
    values += batch.vectors.values.map(\.bitPattern)
    references += batch.references ?? []
    subjects += batch.subjects ?? []
  }
}

private func check(_ bytes: [UInt8], _ format: FaceVectorFormat) -> Rows {
  withFile(of: bytes) { path in
    let whole = read(path, format, batch: 1 << 20)
    let single = read(path, format, batch: 1)
    precondition(whole.failure == single.failure, "the error depends on the batch")
    precondition(whole.values.count <= bytes.count, "more values than bytes")
    guard whole.failure == nil else { return whole }
    precondition(whole == single, "the rows depend on the batch")
    do throws(FaceVectorFileError) {
      var reader = try FaceVectorReader(path, format: format)
      for row in stride(from: whole.values.count / whole.dimension - 1, through: 0, by: -1) {
        let found = try reader.rows(from: row).vectors.values.map(\.bitPattern)
        precondition(
          found[...] == whole.values[(row * whole.dimension)...].prefix(whole.dimension),
          "a row differs when asked for by number"
        )
      }
    } catch {
      preconditionFailure("a row is not read again: \(error)")
    }
    return whole
  }
}

private func read(_ path: String, _ format: FaceVectorFormat, batch: Int) -> Rows {
  var rows = Rows()
  do throws(FaceVectorFileError) {
    var reader = try FaceVectorReader(path, format: format)
    rows.dimension = reader.dimension
    while let batch = try reader.next(batch) { rows.add(batch) }
  } catch {
    rows.failure = [error.code, error.description]
  }
  return rows
}

/// The numbers are those that the standard library makes of the fields.
private func checkNumbers(of rows: Rows, in text: [UInt8]) {
  guard rows.references.isEmpty, rows.subjects.isEmpty else { return }
  var expected: [UInt32] = []
  var scanner = CSVScanner()
  scanner.feed(text)
  scanner.finish()
  do throws(CSVError) {
    while let row = try scanner.nextRow() {
      for field in row.strings {
        let number = field.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
        expected.append(Float(String(number))?.bitPattern ?? 0)
      }
    }
  } catch {
    preconditionFailure("what was read is no CSV: \(error)")
  }
  // A header, where there is one, comes before the values.
  precondition(expected.suffix(rows.values.count).elementsEqual(rows.values), "a number differs")
}
