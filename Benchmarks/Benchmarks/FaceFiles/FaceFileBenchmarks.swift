import Benchmark
import BiomatchCore
import BiomatchFace
import Foundation

// One core, the file in the system's memory: every vector of the file an iteration, in batches.
let benchmarks: @Sendable () -> Void = {
  let files: VectorFiles
  do { files = try VectorFiles(dimension: 512) } catch { fatalError("\(error)") }

  for file in files.all {
    Benchmark(
      "\(file.name), \(file.megabytes) MB",
      configuration: .init(
        metrics: [.wallClock, .throughput],
        scalingFactor: .one,
        maxDuration: .seconds(3)
      )
    ) { _ in
      if file.name == "labels.txt" {
        blackHole(try IdentifierList.subjects(file.path))
      } else {
        var reader = try FaceVectorReader(file.path)
        while let batch = try reader.next(4096) { blackHole(batch) }
      }
    }
  }
}
