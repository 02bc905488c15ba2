import BiomatchTestSupport
import Foundation
import Testing

@Suite("Demo")
struct DemoTests {
  private static let small = [
    "demo", "--prints", "300", "--faces", "300", "--people", "60", "--searches", "30",
  ]

  @Test("the demo says what it did and leaves what it names")
  func demo() throws {
    try TemporaryDirectory.with { directory in
      let command = (["exec", "-a", "biomatch", "\"$BIOMATCH\""] + Self.small)
        .joined(separator: " ")
      let run = try Executable.shell("\(command) --simd portable --threads 2", in: directory)
      #expect(run.status == 0 && run.errors == "", "\(run.transcript)")
      #expect(try Golden.difference(Self.withoutTimes(run.output), "cli/demo.txt") == nil)
      let files = try FileManager.default.contentsOfDirectory(
        atPath: directory.appending(path: "biomatch-demo").path(percentEncoded: false)
      )
      for file in [
        "01_1.iso", "20_3.iso", "match.svg", "pairs.csv", "padded.iso", "prints.index",
        "faces.index", "faces.npy", "faces.txt", "people.gallery", "people.key",
        "people.receipt.json", "people-a.csv", "people-b-truth.csv", "people-b.codes",
        "link-schema.json",
      ] {
        #expect(files.contains(file), "\(file) among \(files)")
      }
      let picture = try String(
        contentsOf: directory.appending(path: "biomatch-demo/match.svg"),
        encoding: .utf8
      )
      #expect(try Golden.difference(picture, "../../docs/images/match.svg") == nil)
    }
  }

  @Test("what it advises works as it is printed, in a directory of any name")
  func advice() throws {
    try TemporaryDirectory.with { directory in
      let run = try Executable.run(Self.small + ["-o", "it's mine"], in: directory)
      let lines = run.output.split(separator: "\n")
      let start = try #require(lines.firstIndex(of: "Try next:"), "\(run.transcript)")
      let commands = lines[(start + 1)...]
      #expect(commands.count == 12 && commands.allSatisfy { $0.hasPrefix("  ") })
      for command in commands {
        let next = try Executable.shell(String(command), in: directory)
        // Two fingers do not match, and a padded template has a finding.
        let status = command.contains(" verify ") || command.contains(" lint ") ? 1 : 0
        #expect(next.status == status, "\(command)\n\(next.transcript)")
        // The figures of a trial of links are no part of its answer.
        let errors = command.contains(" link run ") ? "at         threshold" : ""
        #expect(next.errors.hasPrefix(errors) && next.errors.isEmpty == errors.isEmpty)
      }
    }
  }

  @Test("its index can be searched, and scores as verify does")
  func search() throws {
    try TemporaryDirectory.with { directory in
      _ = try Executable.run(Self.small, in: directory)
      for finger in ["01", "02", "20"] {
        let found = try Executable.run(
          [
            "search", "biomatch-demo/prints.index", "--finger", "biomatch-demo/\(finger)_2.iso",
            "--top", "1", "--format", "csv",
          ],
          in: directory
        )
        let verified = try Executable.run(
          [
            "verify", "biomatch-demo/\(finger)_2.iso", "biomatch-demo/\(finger)_1.iso", "--format",
            "csv",
          ],
          in: directory
        )
        let fields = try #require(found.output.split(separator: "\n").last).split(separator: ",")
        let score = verified.output.split(separator: "\n").last?.split(separator: ",")[2]
        #expect(fields[2] == "000000\(finger)_1" && fields[4] == score, "\(found.transcript)")
      }
    }
  }

  @Test("its figures are the same for any threads and level, and others for another seed")
  func determinism() throws {
    try TemporaryDirectory.with { directory in
      var rows: [[String: String]] = []
      for options in [
        ["--threads", "1"], ["--threads", "3", "--simd", "portable"], ["--seed", "2"],
      ] {
        let run = try Executable.run(Self.small + options + ["--format", "csv"], in: directory)
        #expect(run.status == 0 && run.errors == "", "\(run.transcript)")
        let lines = run.output.split(separator: "\n").map {
          $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        try #require(lines.count == 2 && lines[0].count == lines[1].count, "\(run.transcript)")
        let row = Dictionary(uniqueKeysWithValues: zip(lines[0], lines[1]))
        #expect(row["prints"] == "300" && row["mated"] == "30" && row["nonMated"] == "30")
        rows.append(
          row.filter { !$0.key.hasSuffix("Seconds") && !["simd", "threads"].contains($0.key) }
        )
      }
      #expect(rows[0] == rows[1])
      #expect(rows[0]["bytes"] != rows[2]["bytes"])
    }
  }

  @Test("more searches than prints are made for strangers only")
  func fewPrints() throws {
    try TemporaryDirectory.with { directory in
      let run = try Executable.run(
        [
          "demo", "--prints", "20", "--faces", "20", "--people", "20", "--searches", "25",
          "--format", "ndjson",
        ],
        in: directory
      )
      #expect(run.output.contains(#""mated":20,"nonMated":25,"#), "\(run.transcript)")
      #expect(run.output.contains(#""fpir":0,"#), "\(run.transcript)")
    }
  }

  @Test("the demo replaces its own index, and nobody else's")
  func replacement() throws {
    try TemporaryDirectory.with { directory in
      for _ in 0..<2 {
        let run = try Executable.run(Self.small + ["--format", "csv"], in: directory)
        #expect(run.status == 0, "\(run.transcript)")
      }
      let index = "biomatch-demo/prints.index"
      let list = directory.appending(path: "list.csv")
      try Data("path\nbiomatch-demo/01_3.iso\n".utf8).write(to: list)
      let added = try Executable.run(
        ["index", "build", "--manifest", "list.csv", "-o", index, "--append"],
        in: directory
      )
      #expect(added.status == 0, "\(added.transcript)")
      let foreign = try Executable.run(Self.small, in: directory)
      #expect(foreign.status == 64 && foreign.output == "", "\(foreign.transcript)")
      #expect(
        foreign.errors.contains(
          "\(index) holds an index that is not as the demonstration has left it"
        )
      )
      let verified = try Executable.run(["index", "verify", index], in: directory)
      #expect(verified.output.contains("intact, 301 prints"), "\(verified.transcript)")
    }
  }

  @Test(
    "an index that another command has built is not replaced, though named alike, nor an empty one",
    arguments: ["gallery.csv", "empty.csv"]
  )
  func others(list: String) throws {
    try TemporaryDirectory.with { directory in
      _ = try Executable.run(
        ["synth", "fingerprints", "--fingers", "30", "-o", "p"],
        in: directory
      )
      let lists = directory.appending(path: "p")
      try Data("path\n".utf8).write(to: lists.appending(path: "empty.csv"))
      try FileManager.default.createDirectory(
        at: directory.appending(path: "biomatch-demo"),
        withIntermediateDirectories: false
      )
      let index = "biomatch-demo/prints.index"
      let built = try Executable.run(
        ["index", "build", "--manifest", "p/\(list)", "-o", index],
        in: directory
      )
      #expect(built.status == 0, "\(built.transcript)")
      let before = try Self.contents(of: index, in: directory)
      let run = try Executable.run(Self.small, in: directory)
      #expect(run.status == 64 && run.output == "", "\(run.transcript)")
      #expect(run.errors.contains("choose another directory"), "\(run.transcript)")
      #expect(try Self.contents(of: index, in: directory) == before)
    }
  }

  @Test("a file of another's in the directory of its index, or in its place, stays")
  func foreignFiles() throws {
    try TemporaryDirectory.with { directory in
      _ = try Executable.run(Self.small, in: directory)
      let index = directory.appending(path: "biomatch-demo/prints.index")
      let notes = Data("mine".utf8)
      for name in ["notes.txt", "rows.segment"] {
        try notes.write(to: index.appending(path: name))
      }
      let again = try Executable.run(Self.small, in: directory)
      #expect(again.status == 0, "\(again.transcript)")
      for name in ["notes.txt", "rows.segment"] {
        #expect(try Data(contentsOf: index.appending(path: name)) == notes)
      }
      try FileManager.default.removeItem(at: index)
      try notes.write(to: index)
      let blocked = try Executable.run(Self.small, in: directory)
      #expect(blocked.status != 0 && blocked.output == "", "\(blocked.transcript)")
      #expect(try Data(contentsOf: index) == notes)
    }
  }

  /// The files of a directory.
  private static func contents(of path: String, in directory: URL) throws -> [String: Data] {
    let place = directory.appending(path: path)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: place.path(percentEncoded: false)
    )
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: place.appending(path: $0))) }
    )
  }

  @Test("the demo replaces its own gallery, and none that has changed since")
  func gallery() throws {
    try TemporaryDirectory.with { directory in
      for _ in 0..<2 { #expect(try Executable.run(Self.small, in: directory).status == 0) }
      let place = ["biomatch-demo/people.gallery", "--key-file", "biomatch-demo/people.key"]
      let enrolled = try Executable.run(["enrol"] + place + ["--subject", "mine"], in: directory)
      #expect(enrolled.status == 0, "\(enrolled.transcript)")
      let run = try Executable.run(Self.small, in: directory)
      #expect(run.status == 64 && run.output == "", "\(run.transcript)")
      let shown = try Executable.run(["show"] + place + ["--subject", "mine"], in: directory)
      #expect(shown.status == 0, "\(shown.transcript)")
    }
  }

  @Test("an index that cannot be read is not replaced")
  func damage() throws {
    try TemporaryDirectory.with { directory in
      _ = try Executable.run(Self.small, in: directory)
      let index = directory.appending(path: "biomatch-demo/prints.index")
      let names = try FileManager.default.contentsOfDirectory(
        atPath: index.path(percentEncoded: false)
      )
      let manifest = try #require(names.first { $0.contains("anifest") }, "\(names)")
      let damaged = Data("damaged".utf8)
      try damaged.write(to: index.appending(path: manifest))
      let run = try Executable.run(Self.small, in: directory)
      #expect(run.status == 64, "\(run.transcript)")
      #expect(try Data(contentsOf: index.appending(path: manifest)) == damaged)
    }
  }

  /// The output with single spaces between columns, and `TIME` for times and rates.
  private static func withoutTimes(_ output: String) -> String {
    output
      .replacing(/[ ]{2,}/, with: "  ")
      .replacing(/(?m)  [0-9,.]+  ([0-9,]+|-)$/, with: "  TIME")
      .replacing(/(?m)^[0-9,.]+ ms/, with: "TIME")
  }
}
