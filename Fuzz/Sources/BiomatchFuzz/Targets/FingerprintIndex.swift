import BiomatchCore
import BiomatchFingerprint

/// Saved fingerprint indexes: the manifest as it comes, and directories whose checksums are right.
let fingerprintIndexTargets: [FuzzTarget] = [
  FuzzTarget(name: "fingerprint-index") { input in
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

private let matcher = FingerprintMatcher()

/// A print that has a few minutiae in common with nobody.
private let probe = invented(minutiae: 20)
/// One with as many as there can be, which fill every buffer.
private let largeProbe = invented(minutiae: 128)

private func invented(minutiae count: Int) -> FingerprintSearchProbe? {
  let minutiae = (0..<count).map { index in
    Minutia(
      kind: .ending,
      x: 60 + 53 * index % 260,
      y: 60 + 97 * index % 300,
      angle: MinutiaAngle(steps: 37 * index, per: 256),
      quality: 60
    )
  }
  let view = FingerView(width: 388, height: 480, minutiae: minutiae)
  return (try? FingerprintTemplate(view: view)).map { FingerprintSearchProbe(matcher.prepare($0)) }
}

/// Opens, verifies, searches, changes and compacts the index.
private func use(_ path: String) {
  guard let probe, let largeProbe else { preconditionFailure("the probes are templates") }
  var failures = 0
  do throws(IndexError) {
    let index = try FingerprintIndex(opening: path, matcher: matcher)
    var isVerified = true
    do throws(IndexError) { try index.verify() } catch { isVerified = false }
    func attempt(_ work: () throws(IndexError) -> Void) {
      do throws(IndexError) { try work() } catch {
        precondition(!error.description.isEmpty)
        failures += 1
      }
    }
    var narrow = probe
    narrow.positions = FingerPositionFilter([.rightThumb])
    for mode in SearchMode.allCases {
      var options = FingerprintSearchOptions(limit: 3)
      options.mode = mode
      options.threads = 1
      attempt { () throws(IndexError) in
        let results = try index.snapshot().searchBlocking([probe, narrow, largeProbe], options)
        precondition(results.allSatisfy(\.coverage.isComplete))
        precondition(results.allSatisfy { $0.candidates.count <= 3 })
      }
    }
    attempt { () throws(IndexError) in _ = try index.snapshot().info() }
    attempt { () throws(IndexError) in
      _ = try index.snapshot().select { _, _, position in position == .unknown }
    }
    for name in ["r0", "r2", "x"] {
      guard let reference = try? ReferenceID(name) else { continue }
      attempt { () throws(IndexError) in try index.remove([reference]) }
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
/// Behind what every kind takes: the marks, a position, a start (two bytes) and a place in the order a
/// row, and the prints.
private func forged(_ input: [UInt8]) -> FuzzedIndex? {
  guard var input = FuzzedInput(input) else { return nil }
  let marks = input.take(input.markCount)
  let positions = input.take(input.rows)
  var starts: [UInt8] = []
  for _ in 0..<input.rows { starts += input.take(2) + [0, 0] }
  let order = input.takeNumbers(input.rows)
  return FuzzedIndex(
    kind: "fingerprint-index",
    removals: "fingerprint-removals",
    engine: "cylinders-1",
    parameters: matcher.digest,
    revision: input.revision,
    generation: input.generation,
    rows: input.rows,
    sections: [
      ("positions", positions), ("starts", starts), ("order", order), ("prints", input.takeAll()),
    ],
    marks: marks,
    removed: input.removed
  )
}
