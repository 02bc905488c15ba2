import Biomatch
import BiomatchCore
import BiomatchFace

/// Face vectors to be searched for, and how answers name them.
struct FaceProbes {
  var names: [String] = []
  private var values: [Float] = []
  private let dimension: Int

  /// The vectors of files, all rows or the one that `path#row` names; all of the index's dimension.
  init(_ samples: [String], options: FaceFileOptions, dimension: Int) throws {
    self.dimension = dimension
    for sample in samples.map(NamedVector.init) {
      let vectors = try sample.row == nil ? options.load(sample.path).vectors : options.load(sample)
      guard vectors.dimension == dimension else {
        throw FaceVectorFileError.otherDimension(
          at: ErrorLocation(file: sample.path),
          expected: dimension,
          found: vectors.dimension
        )
      }
      values += vectors.values
      if let row = sample.row {
        names.append("\(sample.path)#\(row)")
      } else if vectors.count == 1 {
        names.append(sample.path)
      } else {
        names += (0..<vectors.count).map { "\(sample.path)#\($0)" }
      }
    }
  }

  /// Searches for all of them, a batch after the other.
  func search(_ snapshot: FaceSnapshot, _ options: FaceSearchOptions) throws -> [SearchAnswer] {
    let progress = ProgressBar("searching", total: names.count)
    defer { progress.finish() }
    var answers: [SearchAnswer] = []
    for start in stride(from: 0, to: names.count, by: Self.batch) {
      let rows = start..<min(start + Self.batch, names.count)
      let vectors = try FaceVectors(
        dimension: dimension,
        values: Array(values[rows.lowerBound * dimension..<rows.upperBound * dimension])
      )
      let results = try snapshot.searchBlocking(try snapshot.prepare(vectors), options)
      answers += zip(names[rows], results).map { name, result in
        SearchAnswer(probe: name, candidates: result.candidates, coverage: result.coverage)
      }
      progress.advance(by: rows.count)
    }
    return answers
  }

  /// The vectors of an index are read once for so many probes.
  private static let batch = 256
}
