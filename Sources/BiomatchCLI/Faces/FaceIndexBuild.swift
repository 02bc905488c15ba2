import Biomatch
import BiomatchCore
import BiomatchFace

/// Makes an index of a file of face vectors, or adds them to one; the file may be larger than memory.
struct FaceIndexBuild {
  let options: FaceIndexOptions
  let output: String
  let append: Bool
  let engine: EngineOptions

  /// How many values are read at a time, and after how many a new index is saved: 64 MB, 1 GB.
  private static let valuesAtOnce = 1 << 24
  private static let valuesUnsaved = 1 << 28

  func run(_ format: OutputFormat) throws {
    guard let path = options.faces else { return }
    var reader = try options.files.reader(path)
    let identifiers = try FaceIdentifiers(options, rowCount: reader.rowCount)
    let simd = try engine.level()
    let added: Int
    let index: FaceIndex
    if append {
      index = try FaceIndex(opening: output, model: try model(), simd: simd)
      added = try add(&reader, to: index, identifiers) {}
      try index.save()
    } else {
      try checkIsFree()
      guard let model = try model() else {
        throw UsageError.option(
          "--model",
          rule: "an index of face vectors needs the name of the model that made them",
          remedy: "name it, --model edgeface-xs for example"
        )
      }
      index = try FaceIndex(model: model, dimension: reader.dimension, simd: simd)
      // Saved under another name until all is there: what is unfinished is no index.
      let place = StagedDirectory(output)
      do {
        added = try add(&reader, to: index, identifiers) {
          try index.directory == nil ? index.save(to: place.path) : index.save()
        }
        try index.directory == nil ? index.save(to: place.path) : index.save()
        try place.publish()
      } catch {
        place.discard(files: index.fileNames + [AnyIndex.manifestName])
        throw error
      }
    }
    let row = Row([
      "index": .text(output), "added": .integer(added), "skipped": .integer(0),
      "vectors": .integer(index.count),
    ])
    try row.print(
      format,
      text: "\(output): \(Plural.text(added, "vector")) added, \(index.count) in all"
    )
  }

  private func model() throws -> FaceModel? {
    try options.model.map { try FaceModel(name: $0, version: options.modelVersion) }
  }

  private func checkIsFree() throws {
    do {
      _ = try AnyIndex.open(output)
    } catch IndexError.file(.notFound) {
      return try SavedIndex.checkParent(of: output)
    } catch IndexError.notAnIndex {
      guard try FileBytes.names(inDirectory: output).isEmpty else {
        throw FileError.cannotCreate(path: output, reason: "the directory holds other files")
      }
      return
    } catch IndexError.file(let error) {
      throw error
    } catch is IndexError {
      // Damaged or of another version: an index all the same.
    }
    throw SavedIndex.exists(output)
  }

  private func add(
    _ reader: inout FaceVectorReader,
    to index: FaceIndex,
    _ identifiers: FaceIdentifiers,
    save: () throws -> Void
  ) throws -> Int {
    let progress = ProgressBar("reading vectors", total: reader.rowCount ?? 1)
    defer { progress.finish() }
    let rows = max(1, Self.valuesAtOnce / reader.dimension)
    var (added, unsaved) = (0, 0)
    while let batch = try reader.next(rows) {
      let named = try identifiers.names(of: batch)
      try index.append(
        references: named.references,
        subjects: named.subjects,
        vectors: batch.vectors,
        threads: engine.threads ?? ParallelScan.processorCount
      )
      added += batch.vectors.count
      unsaved += batch.vectors.values.count
      if unsaved >= Self.valuesUnsaved {
        try save()
        unsaved = 0
      }
      progress.advance(by: batch.vectors.count)
    }
    try identifiers.checkCount(added, of: reader.path)
    return added
  }
}
