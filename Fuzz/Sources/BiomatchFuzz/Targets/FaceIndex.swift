import BiomatchCore
import BiomatchFace

/// Saved face indexes: the manifest as it comes, and directories whose checksums are right.
let faceIndexTargets: [FuzzTarget] = [
  FuzzTarget(name: "face-index") { input in
    let directory = FuzzedDirectory()
    defer { directory.remove() }
    directory.write(input, to: "manifest.json")
    use(directory.path)
    if let index = forged(input) {
      index.write(to: directory)
      use(directory.path)
    }
  }
]

/// The fewest values, so that an input has room for several vectors.
private let dimension = 64
/// An index in memory: what its parameters are, and what its probes are made by.
private let empty: FaceIndex? = {
  guard let model = try? FaceModel(name: "example", version: "1") else { return nil }
  return try? FaceIndex(model: model, dimension: dimension)
}()

/// Vectors that are like nobody's; so many that codes are compared whole.
private let vectors: FaceVectors? = {
  let values = (0..<70 * dimension).map { Float(($0 * 7919 + 1) % 257) - 128 }
  return try? FaceVectors(dimension: dimension, values: values)
}()
private let probes = vectors.flatMap { try? empty?.prepare($0) } ?? []

/// Opens, verifies, searches, changes and compacts the index.
private func use(_ path: String) {
  guard let vectors, let first = try? FaceVectors(dimension: dimension, values: Array(vectors[0]))
  else { preconditionFailure("these are vectors") }
  var failures = 0
  do throws(IndexError) {
    let index = try FaceIndex(opening: path)
    guard index.dimension == dimension else { return }
    var isVerified = true
    do throws(IndexError) { try index.verify() } catch { isVerified = false }
    func attempt(_ work: () throws(IndexError) -> Void) {
      do throws(IndexError) { try work() } catch {
        precondition(!error.description.isEmpty)
        failures += 1
      }
    }
    for options in [
      FaceSearchOptions(limit: 3), FaceSearchOptions(threshold: SimilarityScore(0.1)),
    ] {
      var expected: [[Candidate]]?
      for simd in SIMDLevel.available {
        attempt { () throws(IndexError) in
          var options = options
          options.threads = 1
          let snapshot = index.snapshot().with(simd: simd)
          let results = try snapshot.searchBlocking(probes, options)
          precondition(results.allSatisfy(\.coverage.isComplete))
          precondition(results.allSatisfy { $0.candidates.count <= options.limit })
          let few = try snapshot.searchBlocking(Array(probes.prefix(2)), options)
          guard isVerified else { return }
          precondition(few.map(\.candidates) == results.prefix(2).map(\.candidates))
          expected = expected ?? results.map(\.candidates)
          precondition(expected == results.map(\.candidates), "levels answer alike")
        }
      }
    }
    _ = index.snapshot().info
    attempt { () throws(IndexError) in
      _ = try index.snapshot().select { reference, _ in reference.string == "r1" }
    }
    for name in ["r0", "r2", "x"] {
      guard let reference = try? ReferenceID(name), let subject = try? SubjectID("s") else {
        continue
      }
      attempt { () throws(IndexError) in try index.remove([reference]) }
      guard name == "x" else { continue }
      attempt { () throws(IndexError) in
        try index.append(references: [reference], subjects: [subject], vectors: first, threads: 1)
      }
    }
    attempt { () throws(IndexError) in try index.save() }
    attempt { () throws(IndexError) in try index.compact() }
    precondition(!isVerified || failures == 0, "verified, and damaged all the same")
  } catch {
    precondition(!error.description.isEmpty)
  }
}

/// An index of one segment whose sections are the input's, with a manifest that fits it.
///
/// Behind what every kind takes: the marks, a byte that changes the length of a section, a place in the
/// order a row, the block's header and halves, and the vectors.
private func forged(_ input: [UInt8]) -> FuzzedIndex? {
  guard let empty, var input = FuzzedInput(input) else { return nil }
  let marks = input.take(input.markCount)
  let change = Int(input.take(1)[0])
  var sections: [(SegmentLabel, [UInt8])] = [("order", input.takeNumbers(input.rows))]
  let header = input.take(40)
  sections.append(("upper", input.take(8 * dimension)))
  sections.append(("blocks", header))
  sections.append(("lower", input.take(8 * dimension)))
  sections.append(("vectors", input.take(4 * dimension * input.rows)))
  switch change % 16 {
  case 1...5: sections[change % 16 - 1].1.append(0)
  case 6...10: _ = sections[change % 16 - 6].1.popLast()
  case 11...15: sections.remove(at: change % 16 - 11)
  default: break
  }
  return FuzzedIndex(
    kind: "face-index",
    removals: "face-removals",
    engine: "halves-1",
    parameters: empty.parameters,
    details: [
      "\"model\": \"example\"", "\"version\": \"1\"",
      "\"dimension\": \(change < 240 ? dimension : 65)",
    ],
    revision: input.revision,
    generation: input.generation,
    rows: input.rows,
    sections: sections,
    marks: marks,
    removed: input.removed
  )
}
