import BiomatchTestSupport
import Foundation
import Testing

/// A directory with files of synthetic face vectors and an index of them.
private struct FaceScratch: ~Copyable {
  let directory: TemporaryDirectory

  private init() throws { directory = try TemporaryDirectory() }

  static func make() throws -> FaceScratch {
    let scratch = try FaceScratch()
    try scratch.synth(["--identities", "300", "-o", "g.npy", "--labels", "l.txt", "--ids", "i.txt"])
    try scratch.synth(["--identities", "20", "--first-sample", "1", "-o", "p.npy"])
    return scratch
  }

  func synth(_ options: [String]) throws {
    let run = try run(["synth", "faces", "--dimension", "128"] + options)
    try #require(run.status == 0, "\(run.transcript)")
  }

  func run(_ arguments: [String]) throws -> Executable.Run {
    try Executable.run(arguments, in: URL(filePath: directory.path))
  }

  func build() throws {
    let run = try run([
      "index", "build", "--faces", "g.npy", "--labels", "l.txt", "--ids", "i.txt", "--model",
      "synthetic", "--model-version", "2", "-o", "f.index",
    ])
    try #require(run.status == 0, "\(run.transcript)")
  }

  func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
  }
}

/// The rows of an answer in CSV, without the header.
private func rows(_ run: Executable.Run) -> [[String]] {
  run.output.split(separator: "\n").dropFirst().map { line in
    line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
}

@Suite("Index and search of faces")
struct FaceIndexTests {
  @Test("a search finds the mates first, and answers alike for any threads and level")
  func search() throws {
    let scratch = try FaceScratch.make()
    try scratch.build()
    let plain = ["search", "f.index", "--face", "p.npy", "--top", "2", "--format", "csv"]
    let run = try scratch.run(plain)
    #expect(run.status == 0 && run.errors == "", "\(run.transcript)")
    let found = rows(run)
    #expect(found.count == 40)
    for probe in 0..<20 {
      let number = String(probe + 1)
      let padded = String(repeating: "0", count: 7 - number.count) + number
      let first = found[2 * probe]
      #expect(first[0] == "p.npy#\(probe)" && first[1] == "1")
      #expect(first[2] == "F\(padded)_1" && first[3] == "P\(padded)")
      #expect(first[5] == "300" && first[6] == "300")
    }
    for options in [["--threads", "1"], ["--threads", "3"], ["--simd", "portable"]] {
      #expect(try scratch.run(plain + options).output == run.output, "\(options)")
    }
    let one = try scratch.run(
      ["search", "f.index", "--face", "p.npy#7", "--top", "2", "--format", "csv"]
    )
    #expect(rows(one) == Array(found[14..<16]))
  }

  @Test("its scores are those that verify gives")
  func scores() throws {
    let scratch = try FaceScratch.make()
    try scratch.build()
    let found = try scratch.run(
      ["search", "f.index", "--face", "p.npy#3", "--top", "1", "--format", "csv"]
    )
    let verified = try scratch.run(
      ["verify", "p.npy#3", "g.npy#3", "--threshold", "0", "--format", "csv"]
    )
    #expect(rows(found)[0][4] == rows(verified)[0][2], "\(found.transcript)\(verified.transcript)")
  }

  @Test("vectors are added, removed, compacted and verified")
  func change() throws {
    let scratch = try FaceScratch.make()
    try scratch.build()
    let added = try scratch.run(
      ["index", "build", "--faces", "p.npy", "--append", "-o", "f.index", "--format", "csv"]
    )
    #expect(rows(added) == [["f.index", "20", "0", "320"]], "\(added.transcript)")
    let again = try scratch.run(["index", "build", "--faces", "p.npy", "--append", "-o", "f.index"])
    #expect(again.status == 65 && again.errors.contains("[index.duplicate-reference]"))
    let removed = try scratch.run(["index", "remove", "f.index", "row3", "nobody"])
    #expect(removed.status == 1 && removed.errors.contains("no vector 'nobody'"))
    let compacted = try scratch.run(["index", "compact", "f.index", "--format", "csv"])
    #expect(rows(compacted) == [["f.index", "1", "319"]], "\(compacted.transcript)")
    let verified = try scratch.run(["index", "verify", "f.index", "--format", "csv"])
    #expect(rows(verified) == [["f.index", "intact", "319"]], "\(verified.transcript)")
    let info = try scratch.run(["index", "info", "f.index", "--format", "csv"])
    #expect(
      Array(rows(info)[0][..<6]) == ["f.index", "319", "0", "1", "synthetic 2", "128"],
      "\(info.transcript)"
    )
  }

  @Test("another model, another kind of index and another dimension are refused")
  func refused() throws {
    let scratch = try FaceScratch.make()
    try scratch.build()
    let model = try scratch.run(
      ["index", "build", "--faces", "p.npy", "--append", "--model", "other", "-o", "f.index"]
    )
    #expect(model.status == 65 && model.errors.contains("[index.model]"), "\(model.transcript)")
    let kind = try scratch.run(["search", "f.index", "--finger", "a.iso"])
    #expect(kind.status == 64 && kind.errors.contains("is an index of face vectors"))
    try scratch.synth(["--identities", "1", "--dimension", "64", "-o", "short.npy"])
    let probe = try scratch.run(["search", "f.index", "--face", "short.npy"])
    #expect(probe.status == 65 && probe.errors.contains("short.npy"), "\(probe.transcript)")
    let present = try scratch.run(
      ["index", "build", "--faces", "g.npy", "--model", "m", "-o", "f.index"]
    )
    #expect(present.status == 64 && present.errors.contains("holds an index already"))
  }

  @Test("an index that cannot be completed leaves nothing behind")
  func incomplete() throws {
    let scratch = try FaceScratch.make()
    let before = try scratch.files()
    let path = scratch.directory.file("g.npy")
    var bytes = try Data(contentsOf: URL(filePath: path))
    // The last vector is of zeros.
    bytes.replaceSubrange(bytes.count - 512..<bytes.count, with: Data(count: 512))
    try bytes.write(to: URL(filePath: path))
    let run = try scratch.run(
      ["index", "build", "--faces", "g.npy", "--model", "m", "-o", "f.index"]
    )
    #expect(run.status == 65 && run.errors.contains("299"), "\(run.transcript)")
    #expect(try scratch.files() == before)
  }
}
