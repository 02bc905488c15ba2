import BiomatchTestSupport
import Foundation
import Testing

@Suite("Synth faces")
struct SynthFacesTests {
  /// Runs `synth faces` for vectors of 64 values and gives the rows of the file.
  private static func rows(_ directory: URL, _ arguments: [String]) throws -> [Data] {
    let run = try Executable.run(
      ["synth", "faces", "--dimension", "64", "-o", "x.npy"] + arguments,
      in: directory
    )
    try #require(run.status == 0, "\(run.transcript)")
    let file = try Data(contentsOf: directory.appending(path: "x.npy"))
    let header = String(decoding: file[10..<128], as: UTF8.self)
    let count = (file.count - 128) / 256
    #expect(run.output.hasPrefix("x.npy: \(count) vector"), "\(run.transcript)")
    #expect(header.contains("'<f4'") && header.contains("(\(count), 64)"), "\(header)")
    return (0..<count).map { Data(file[128 + 256 * $0..<128 + 256 * ($0 + 1)]) }
  }

  private static func lines(_ file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test("the same options give the same bytes, for any number of threads and any part")
  func determinism() throws {
    try TemporaryDirectory.with { directory in
      // More than the 4,096 vectors that a thread makes at a time.
      let all = try Self.rows(
        directory,
        ["--identities", "5000", "--samples", "2", "--threads", "1"]
      )
      #expect(all.count == 10_000)
      #expect(Set(all).count == 10_000)
      let again = try Self.rows(
        directory,
        ["--identities", "5000", "--samples", "2", "--threads", "3"]
      )
      #expect(again == all)
      let part = try Self.rows(
        directory,
        ["--identities", "7", "--first-identity", "4990", "--first-sample", "1"]
      )
      #expect(part == (4990..<4997).map { all[2 * $0 + 1] })
      let others = try Self.rows(directory, ["--identities", "100", "--seed", "2"])
      #expect(Set(all).isDisjoint(with: others))
      let preset = try Self.rows(directory, ["--identities", "100", "--preset", "low-rank"])
      #expect(Set(all).isDisjoint(with: preset))
    }
  }

  @Test("the lists name the person and the sample of each row")
  func lists() throws {
    try TemporaryDirectory.with { directory in
      let rows = try Self.rows(
        directory,
        [
          "--identities", "2", "--first-identity", "9", "--samples", "2", "--first-sample", "3",
          "--labels", "labels.txt", "--ids", "ids.txt",
        ]
      )
      #expect(rows.count == 4)
      #expect(
        try Self.lines(directory.appending(path: "labels.txt"))
          == ["P0000010", "P0000010", "P0000011", "P0000011"]
      )
      #expect(
        try Self.lines(directory.appending(path: "ids.txt"))
          == ["F0000010_4", "F0000010_5", "F0000011_4", "F0000011_5"]
      )
    }
  }

  @Test("what cannot be completed leaves nothing behind")
  func incomplete() throws {
    try TemporaryDirectory.with { directory in
      let run = try Executable.run(
        ["synth", "faces", "--identities", "3", "-o", "x.npy", "--ids", "nowhere/ids.txt"],
        in: directory
      )
      #expect(run.status == 73, "\(run.transcript)")
      let path = directory.path(percentEncoded: false)
      #expect(try FileManager.default.contentsOfDirectory(atPath: path).isEmpty)
    }
  }

  @Test("programs are told how many vectors there are")
  func answer() throws {
    try TemporaryDirectory.with { directory in
      let run = try Executable.run(
        [
          "synth", "faces", "--identities", "3", "--samples", "2", "-o", "x.npy", "--format", "csv",
        ],
        in: directory
      )
      #expect(run.output == "output,identities,vectors,dimension\nx.npy,3,6,512\n")
    }
  }
}
