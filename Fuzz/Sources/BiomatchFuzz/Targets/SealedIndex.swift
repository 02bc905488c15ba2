import BiomatchCore
import BiomatchCrypto
import BiomatchFace
import Foundation

/// A genuine sealed index in which bytes of one file are changed, behind right checksums: whoever opens
/// it with the key must refuse whatever differs.
let sealedIndexTargets: [FuzzTarget] = [
  FuzzTarget(name: "sealed-index") { input in
    guard let choice = input.first else { return }
    let name = names[Int(choice) % names.count]
    var bytes = files[name] ?? []
    // Three bytes of input each: where, and what is put there.
    for start in stride(from: 1, to: input.count - 2, by: 3) {
      let place = Int(input[start]) | Int(input[start + 1]) << 8
      bytes[place % bytes.count] = input[start + 2]
    }
    if name == manifest { finishManifest(&bytes) } else { PackedSegment.finish(&bytes) }
    let directory = FuzzedDirectory()
    defer { directory.remove() }
    for other in names where other != name { directory.write(files[other] ?? [], to: other) }
    directory.write(bytes, to: name)
    do throws(IndexError) {
      let index = try FaceIndex(opening: directory.path, sealedBy: key)
      try index.verify()
      precondition(bytes == files[name], "changed, and opened all the same")
    } catch {
      precondition(bytes != files[name] && !error.description.isEmpty, "the original opens")
    }
  }
]

private let manifest = "manifest.json"
private let key = try? IndexKey(SecretBytes(copying: Array(0..<32)))
private let files = sealedFiles()
private let names = files.keys.sorted()

/// The files of a sealed index of four vectors, one of them removed.
private func sealedFiles() -> [String: [UInt8]] {
  let directory = FuzzedDirectory()
  directory.remove()
  defer { directory.remove() }
  do {
    let dimension = 64
    let values = (0..<4 * dimension).map { Float(($0 * 7919 + 1) % 257) - 128 }
    let index = try FaceIndex(model: try FaceModel(name: "example"), dimension: dimension)
    try index.append(
      references: try (0..<4).map { try ReferenceID("r\($0)") },
      subjects: try (0..<4).map { _ in try SubjectID("s") },
      vectors: try FaceVectors(dimension: dimension, values: values),
      threads: 1
    )
    try index.save(to: directory.path, sealedBy: key)
    try index.remove([try ReferenceID("r2")])
    try index.save()
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try FileBytes.read(directory.path + "/" + $0)) }
    )
  } catch {
    preconditionFailure("an index is sealed: \(error)")
  }
}

/// Makes the checksum right, which stands in the last but one line.
private func finishManifest(_ bytes: inout [UInt8]) {
  let tail = 8 + 4
  let head = bytes.count - tail - "  \"checksum\": \"".utf8.count
  let sum = String(CRC32C.checksum(of: Array(bytes[..<head])), radix: 16)
  let digits = Array((String(repeating: "0", count: 8 - sum.count) + sum).utf8)
  bytes.replaceSubrange(bytes.count - tail..<bytes.count - tail + 8, with: digits)
}
