import BiomatchTestSupport
import Foundation
import Testing

@Suite("Synth")
struct SynthTests {
  private static func synth(_ directory: URL, _ arguments: [String]) throws -> Executable.Run {
    let run = try Executable.run(["synth", "fingerprints"] + arguments, in: directory)
    try #require(run.status == 0, "\(run.transcript)")
    return run
  }

  /// All files below a directory with their bytes.
  private static func files(_ directory: URL) throws -> [String: Data] {
    let root = directory.path(percentEncoded: false)
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: root) {
      let file = directory.appending(path: name)
      var isDirectory: ObjCBool = false
      _ = FileManager.default.fileExists(
        atPath: file.path(percentEncoded: false),
        isDirectory: &isDirectory
      )
      if !isDirectory.boolValue { files[name] = try Data(contentsOf: file) }
    }
    return files
  }

  @Test("the same options give the same bytes, for any number of threads")
  func determinism() throws {
    try TemporaryDirectory.with { directory in
      let options = ["--fingers", "23", "--impressions", "3"]
      for (name, more) in [
        ("a", ["--threads", "1"]), ("b", ["--threads", "3"]), ("c", ["--seed", "2"]),
      ] {
        let run = try Self.synth(directory, options + more + ["-o", name])
        #expect(run.output.hasPrefix("\(name): 69 templates of 23 fingers"), "\(run.transcript)")
      }
      let first = try Self.files(directory.appending(path: "a"))
      #expect(first.count == 69 + 3)
      #expect(try Self.files(directory.appending(path: "b")) == first)
      let other = try Self.files(directory.appending(path: "c"))
      #expect(other.keys == first.keys)
      #expect(other["00000/00000001_1.iso"] != first["00000/00000001_1.iso"])
    }
  }

  @Test("the lists build an index, search it and evaluate the matcher")
  func lists() throws {
    try TemporaryDirectory.with { directory in
      _ = try Self.synth(directory, ["--fingers", "60", "-o", "prints"])
      func run(_ arguments: String) throws -> Executable.Run {
        try Executable.run(arguments.split(separator: " ").map(String.init), in: directory)
      }
      let built = try run("index build --manifest prints/gallery.csv -o x --format csv")
      #expect(built.output.hasSuffix("x,60,0,60\n"), "\(built.transcript)")
      let added = try run("index build --manifest prints/probes.csv -o x --append --format csv")
      #expect(added.output.hasSuffix("x,60,0,120\n"), "\(added.transcript)")
      let found = try run(
        "search x --finger prints/00000/00000012_2.iso --top 1 --position right-index --format csv"
      )
      #expect(found.output.contains("_2.iso,1,00000012_2,P0000002,"), "\(found.transcript)")
      // Six persons, with a right index finger each.
      #expect(found.output.hasSuffix(",12,12\n"), "\(found.transcript)")
      let evaluated = try run(
        "evaluate fingerprints --pairs prints/pairs.csv --root prints --format csv"
      )
      #expect(evaluated.output.contains("\npairs,60,1200,0,"), "\(evaluated.transcript)")
    }
  }

  @Test("no two fingers meet twice in the list of comparisons", arguments: [1, 2, 3, 7, 42])
  func pairs(fingers: Int) throws {
    try TemporaryDirectory.with { directory in
      _ = try Self.synth(
        directory,
        ["--fingers", "\(fingers)", "--impressions", "2", "-o", "prints"]
      )
      let list = try String(
        contentsOf: directory.appending(path: "prints/pairs.csv"),
        encoding: .utf8
      )
      let pairs = list.split(separator: "\n").dropFirst().map { line in
        line.split(separator: ",").map(String.init)
      }
      #expect(pairs.count { $0[2] == "1" } == fingers)
      #expect(pairs.count { $0[2] == "0" } == fingers * min(20, (fingers - 1) / 2))
      #expect(Set(pairs.map { Set($0[..<2]) }).count == pairs.count)
      #expect(pairs.allSatisfy { $0[0] != $0[1] })
    }
  }

  @Test("templates have the format and about the number of minutiae that were asked for")
  func options() throws {
    try TemporaryDirectory.with { directory in
      var sizes: [Double] = []
      for minutiae in ["20", "60"] {
        let options = ["--fingers", "40", "--impressions", "1", "--minutiae", minutiae]
        _ = try Self.synth(directory, options + ["--to", "iso-2011", "-o", minutiae])
        let shown = try Executable.run(
          ["template", "show", "\(minutiae)/00000/00000001_1.iso"],
          in: directory
        )
        #expect(shown.output.contains("ISO/IEC 19794-2:2011"), "\(shown.transcript)")
        let prints = try Self.files(directory.appending(path: minutiae))
          .filter { $0.key.hasSuffix(".iso") }
        sizes.append(prints.values.reduce(0) { $0 + Double($1.count) } / Double(prints.count))
      }
      #expect((2...4).contains(sizes[1] / sizes[0]), "\(sizes)")
    }
  }
}
