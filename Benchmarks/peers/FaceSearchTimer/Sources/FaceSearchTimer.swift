import BiomatchCore
import BiomatchFace
import Foundation

/// Times searches of face vectors on request, so that a script can take turns between systems.
///
///     face-search-timer FACES PROBES
///
/// Puts the vectors of the file FACES into an index, on one thread, and writes a line about it; then,
/// for each line read, `BATCH SECONDS`, it searches for the ten best of batches of so many probes, on
/// one thread for so long, and writes what it did. Lines written are JSON.
@main
struct FaceSearchTimer {
  static func main() throws {
    guard CommandLine.arguments.count == 3 else {
      FileHandle.standardError.write(Data("face-search-timer FACES PROBES\n".utf8))
      exit(64)
    }
    let (index, time) = try build(CommandLine.arguments[1])
    let info = index.snapshot().info
    try answer(
      Ready(
        simd: SIMDLevel.active.rawValue,
        build: time / .seconds(1),
        bytes: Double(info.vectorByteCount + info.codeByteCount) / Double(info.count)
      )
    )

    var reader = try FaceVectorReader(CommandLine.arguments[2])
    guard let probes = try reader.next(4096)?.vectors else {
      throw CocoaError(.fileReadCorruptFile)
    }
    var turns = Turns(snapshot: index.snapshot(), probes: probes)
    while let line = readLine() {
      let words = line.split(separator: " ")
      guard words.count == 2, let batch = Int(words[0]), let seconds = Double(words[1]), batch > 0
      else { throw CocoaError(.formatting) }
      try answer(try turns.search(batch: batch, duration: .seconds(seconds)))
    }
  }

  private struct Ready: Encodable {
    var simd: String
    /// Seconds to put the vectors into the index; reading them is not counted.
    var build: Double
    /// Of vectors and codes, for each vector.
    var bytes: Double
  }

  private static func build(_ path: String) throws -> (FaceIndex, Duration) {
    var reader = try FaceVectorReader(path)
    let index = try FaceIndex(model: try FaceModel(name: "peers"), dimension: reader.dimension)
    var total = Duration.zero
    while let batch = try reader.next(1 << 14) {
      let rows = batch.firstRow..<batch.firstRow + batch.vectors.count
      let references = try rows.map { try ReferenceID("\($0)") }
      let subjects = try rows.map { try SubjectID("\($0)") }
      total += try ContinuousClock().measure {
        try index.append(
          references: references,
          subjects: subjects,
          vectors: batch.vectors,
          threads: 1
        )
      }
    }
    return (index, total)
  }

  /// Not `print`, whose buffer would keep the answer from a script that waits for it.
  private static func answer(_ value: some Encodable) throws {
    FileHandle.standardOutput.write(try JSONEncoder().encode(value) + Data("\n".utf8))
  }
}
