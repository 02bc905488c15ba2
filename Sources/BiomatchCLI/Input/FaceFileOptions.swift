import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFace

/// How files of face vectors are to be read.
struct FaceFileOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "Values a vector, for files of nothing but values: .f32, .raw and .bin."
  )
  var dimension: Int?

  /// Opens the file at `path`; the standard input, `-`, is `.npy` unless there is a dimension.
  func reader(_ path: String) throws -> FaceVectorReader {
    guard path == "-" else {
      return try FaceVectorReader(
        path,
        format: FaceVectorFormat(path: path, dimension: dimension)
      )
    }
    return try FaceVectorReader(path, format: dimension.map { .raw(dimension: $0) } ?? .npy)
  }

  /// Reads all vectors of a file, and whose they are where it says so.
  func load(_ path: String) throws -> (vectors: FaceVectors, subjects: [SubjectID]?) {
    var reader = try reader(path)
    var values: [Float] = []
    var subjects: [SubjectID]?
    values.reserveCapacity((reader.rowCount ?? 0) * reader.dimension)
    while let batch = try reader.next(Self.rowsAtOnce) {
      values += batch.vectors.values
      if let more = batch.subjects { subjects = (subjects ?? []) + more }
    }
    return (try FaceVectors(dimension: reader.dimension, values: values), subjects)
  }

  /// Reads the vector that `sample` names.
  func load(_ sample: NamedVector) throws -> FaceVectors {
    var reader = try reader(sample.path)
    if let row = sample.row { return try reader.rows(from: row).vectors }
    guard let batch = try reader.next(2) else {
      throw FaceVectorFileError.missingRow(path: sample.path, row: 0)
    }
    guard batch.vectors.count == 1 else {
      throw UsageError.option(
        sample.path,
        rule: "the file has several vectors, and one is needed",
        remedy: "say which by its row, counted from 0: \(sample.path)#0"
      )
    }
    return batch.vectors
  }

  private static let rowsAtOnce = 4096
}

/// A vector of a file: `path`, or `path#row` with rows counted from zero.
struct NamedVector {
  let path: String
  let row: Int?

  init(_ text: String) {
    let parts = text.split(separator: "#", omittingEmptySubsequences: false)
    let row =
      parts.count > 1 && parts[parts.count - 1].utf8.allSatisfy { 0x30...0x39 ~= $0 }
      ? Int(parts[parts.count - 1]) : nil
    self.row = row
    path = row == nil ? text : parts.dropLast().joined(separator: "#")
  }

  /// Whether the name is that of a face vector: it has an extension that templates do not have, or a row.
  var isFace: Bool {
    let path = path.lowercased()
    let extensions = [".npy", ".f32", ".csv"] + (row == nil ? [] : [".raw", ".bin"])
    return extensions.contains { path.hasSuffix($0) }
  }
}
