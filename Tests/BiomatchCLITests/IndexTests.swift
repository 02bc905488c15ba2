import BiomatchCore
import BiomatchFingerprint
import BiomatchTestSupport
import Foundation
import Testing

/// A directory with lists of templates and indexes of them.
struct IndexScratch: ~Copyable {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// A list beside copies of the golden inputs.
  func list(_ name: String, _ lines: [String]) throws -> String {
    for file in ["a.iso", "b.iso", "c.iso", "empty.iso", "padded.iso"] {
      let copy = directory.file(file)
      guard !FileManager.default.fileExists(atPath: copy) else { continue }
      try Data(contentsOf: Executable.inputs.appending(path: file)).write(to: URL(filePath: copy))
    }
    let path = directory.file(name)
    try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: path))
    return path
  }

  /// An index of a, b and c, of which a and b are one finger of Alice.
  func index(_ name: String = "prints.index") throws -> String {
    let list = try list(
      "gallery.csv",
      [
        "path,reference,subject,position", "a.iso,a,alice,right-index", "b.iso,b,alice,",
        "c.iso,c,carol,left-thumb",
      ]
    )
    let path = directory.file(name)
    let run = try Executable.run(["index", "build", "--manifest", list, "-o", path])
    try #require(run.status == 0, "\(run.transcript)")
    return path
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

@Suite("Index and search")
struct IndexTests {
  @Test("a search finds the mates first, and answers alike for any threads, level and mode")
  func search() throws {
    let scratch = try IndexScratch()
    let index = try scratch.index()
    let plain = ["search", index, "--finger", "a.iso", "c.iso", "--format", "csv"]
    let run = try Executable.run(plain)
    #expect(run.status == 0 && run.errors == "", "\(run.transcript)")
    #expect(run.output.hasPrefix("probe,rank,reference,subject,score,searched,total\n"))
    let found = rows(run).map { Array($0[..<4]) }
    #expect(
      Array(found.prefix(2)) == [["a.iso", "1", "a", "alice"], ["a.iso", "2", "b", "alice"]]
    )
    #expect(found.contains(["c.iso", "1", "c", "carol"]))
    #expect(rows(run).allSatisfy { $0[5...] == ["3", "3"] }, "\(run.transcript)")
    for level in SIMDLevel.available {
      let other = try Executable.run(plain + ["--threads", "3", "--simd", level.rawValue])
      #expect(other.output == run.output, "\(level)")
    }
    let mates = ["search", index, "--finger", "a.iso", "--top", "2", "--format", "csv"]
    #expect(
      try Executable.run(mates + ["--mode", "exhaustive"]).output
        == Executable.run(mates + ["--mode", "screened"]).output
    )
  }

  @Test("a search scores as verify does")
  func sameScore() throws {
    let scratch = try IndexScratch()
    let found = try Executable.run([
      "search", scratch.index(), "--finger", "a.iso", "--top", "2", "--format", "csv",
    ])
    let verified = try Executable.run(["verify", "a.iso", "b.iso", "--format", "csv"])
    #expect(rows(found).last?[4] == rows(verified).first?[2])
  }

  @Test("a probe without candidates has one row, and the search no failure")
  func noCandidate() throws {
    let scratch = try IndexScratch()
    let index = try scratch.index()
    let run = try Executable.run([
      "search", index, "--finger", "a.iso", "--threshold", "10000", "--format", "csv",
    ])
    #expect(run.status == 0)
    #expect(rows(run) == [["a.iso", "", "", "", "", "3", "3"]])
    let json = try Executable.run([
      "search", index, "--finger", "a.iso", "--threshold", "10000", "--format", "ndjson",
    ])
    #expect(json.output.contains(#""rank":null,"reference":null,"subject":null,"score":null"#))
    let table = try Executable.run(["search", index, "--finger", "a.iso", "--threshold", "10000"])
    #expect(table.output.hasSuffix("\n\n3 of 3 prints searched\n"), "\(table.transcript)")
  }

  @Test("only the finger that is asked for is searched, and those not known")
  func position() throws {
    let scratch = try IndexScratch()
    let index = try scratch.index()
    func found(_ position: String) throws -> [String] {
      let run = try Executable.run([
        "search", index, "--finger", "a.iso", "--position", position, "--format", "csv",
      ])
      return rows(run).map { $0[2] }.filter { ["a", "b"].contains($0) }
    }
    // The list says right index for a; b's template says what it says.
    #expect(try found("right-index").contains("a"))
    #expect(try !found("left-little").contains("a"))
  }

  @Test("a search that runs out of time says how much it has searched")
  func deadline() throws {
    let scratch = try IndexScratch()
    let run = try Executable.run([
      "search", scratch.index(), "--finger", "a.iso", "--deadline", "0", "--format", "csv",
    ])
    #expect(run.status == 0)
    #expect(rows(run) == [["a.iso", "", "", "", "", "0", "3"]])
    #expect(run.errors.contains("[search.partial]"), "\(run.transcript)")
  }

  @Test("what is removed is found no more, before and after compaction")
  func removal() throws {
    let scratch = try IndexScratch()
    let index = try scratch.index()
    let first = try Executable.run(["index", "remove", index, "a", "nobody", "--format", "csv"])
    #expect(first.status == 1, "\(first.transcript)")
    #expect(first.errors.contains("'nobody' [index.no-reference]"), "\(first.transcript)")
    #expect(rows(first) == [[index, "1", "1", "2"]])
    let again = try Executable.run(["index", "remove", index, "a"])
    #expect(again.status == 1 && again.output.contains("0 prints removed"), "\(again.transcript)")
    for compacts in [false, true] {
      if compacts {
        let run = try Executable.run(["index", "compact", index])
        #expect(run.output == "\(index): 1 removed print dropped, 2 left\n", "\(run.transcript)")
      }
      let run = try Executable.run(["search", index, "--finger", "a.iso", "--format", "csv"])
      #expect(rows(run).first?[2] == "b", "\(run.transcript)")
      #expect(!rows(run).contains { $0[2] == "a" }, "\(run.transcript)")
      let verified = try Executable.run(["index", "verify", index])
      #expect(verified.status == 0, "\(verified.transcript)")
    }
    let info = try Executable.run(["index", "info", index, "--format", "csv"])
    #expect(rows(info).first?[1...3] == ["2", "0", "1"], "\(info.transcript)")
  }

  @Test("prints are added to an index, all or none")
  func append() throws {
    let scratch = try IndexScratch()
    let index = try scratch.index()
    let twice = try Executable.run([
      "index", "build", "--manifest",
      scratch.list("x.csv", ["path,reference", "c.iso,d", "b.iso,b"]),
      "-o", index, "--append",
    ])
    #expect(twice.status == 65, "\(twice.transcript)")
    #expect(twice.errors.contains("x.csv, line 3, column 7, reference: "), "\(twice.transcript)")
    #expect(twice.errors.contains("'b' again"), "\(twice.transcript)")
    #expect(try Executable.run(["index", "verify", index]).output.contains("intact, 3 prints"))
    let skipped = try Executable.run([
      "index", "build", "--manifest", scratch.directory.file("x.csv"), "-o", index, "--append",
      "--skip-bad", "--format", "csv",
    ])
    #expect(rows(skipped) == [[index, "1", "1", "4"]], "\(skipped.transcript)")
    let over = try Executable.run([
      "index", "build", "--manifest", scratch.directory.file("gallery.csv"), "-o", index,
    ])
    #expect(over.status == 64 && over.errors.contains("--append"), "\(over.transcript)")
    let nowhere = try Executable.run([
      "index", "build", "--manifest", scratch.directory.file("gallery.csv"), "-o",
      scratch.directory.file("other"), "--append",
    ])
    #expect(nowhere.status == 66, "\(nowhere.transcript)")
  }

  @Test("a bad template is an error that names it, and nothing is written; or it is skipped")
  func badTemplate() throws {
    let scratch = try IndexScratch()
    let list = try scratch.list(
      "x.csv",
      ["path", "a.iso", "empty.iso", "nowhere.iso", "a.iso", "padded.iso"]
    )
    let index = scratch.directory.file("x.index")
    let before = try scratch.files()
    let run = try Executable.run(["index", "build", "--manifest", list, "-o", index])
    #expect(run.status == 65, "\(run.transcript)")
    #expect(run.errors.contains("empty.iso"), "\(run.transcript)")
    #expect(try scratch.files() == before)
    let skipping = try Executable.run([
      "index", "build", "--manifest", list, "-o", index, "--skip-bad", "--format", "csv",
    ])
    #expect(skipping.status == 0, "\(skipping.transcript)")
    #expect(rows(skipping) == [[index, "2", "3", "2"]], "\(skipping.transcript)")
    for expected in ["empty.iso", "nowhere.iso", "x.csv, line 5", "[index.repairs]"] {
      #expect(skipping.errors.contains(expected), "\(skipping.transcript)")
    }
    let strict = try Executable.run([
      "index", "build", "--manifest", list, "-o", scratch.directory.file("strict.index"),
      "--skip-bad", "--strict", "--format", "csv",
    ])
    #expect(rows(strict).first?[1...2] == ["1", "4"], "\(strict.transcript)")
  }

  @Test("every view of a record becomes a sample and a probe")
  func views() throws {
    let scratch = try IndexScratch()
    let decoder = MinutiaeDecoder(strictness: .lenient)
    let views = try ["a.iso", "c.iso"].map { name in
      let path = Executable.inputs.appending(path: name).path(percentEncoded: false)
      return try decoder.decode(contentsOf: path).record.views[0]
    }
    var record = MinutiaeRecord(views: views)
    for index in record.views.indices { record.views[index].viewNumber = UInt8(index) }
    let bytes = try MinutiaeEncoder(format: .iso2005).encode(record).bytes
    try FileBytes.write(bytes, to: scratch.directory.file("two.iso"))
    let list = try scratch.list("x.csv", ["path,reference,subject", "two.iso,R,S"])
    let index = scratch.directory.file("x.index")
    let built = try Executable.run(["index", "build", "--manifest", list, "-o", index])
    #expect(built.status == 0, "\(built.transcript)")
    let probe = scratch.directory.file("two.iso")
    let run = try Executable.run([
      "search", index, "--finger", probe, "--top", "1", "--format", "csv",
    ])
    #expect(
      rows(run).map { Array($0[..<4]) } == [
        ["\(probe)#1", "1", "R#1", "S"], ["\(probe)#2", "1", "R#2", "S"],
      ],
      "\(run.transcript)"
    )
  }

  @Test("an index of prints turned by any angle is searched as such")
  func anyRotation() throws {
    let scratch = try IndexScratch()
    let list = try scratch.list("x.csv", ["path", "b.iso", "c.iso"])
    let index = scratch.directory.file("x.index")
    let built = try Executable.run([
      "index", "build", "--manifest", list, "-o", index, "--any-rotation",
    ])
    #expect(built.status == 0, "\(built.transcript)")
    let found = try Executable.run([
      "search", index, "--finger", "a.iso", "--top", "1", "--format", "csv",
    ])
    let verified = try Executable.run([
      "verify", "a.iso", "b.iso", "--any-rotation", "--format", "csv",
    ])
    #expect(rows(found).first?[2] == "b.iso", "\(found.transcript)")
    #expect(rows(found).first?[4] == rows(verified).first?[2], "\(found.transcript)")
  }

  @Test("prints turned by any angle cannot be added to an index of upright ones")
  func contradiction() throws {
    let scratch = try IndexScratch()
    let list = try scratch.list("x.csv", ["path", "a.iso"])
    let upright = try scratch.index()
    let turned = scratch.directory.file("turned.index")
    for (index, options, status) in [
      (turned, ["--any-rotation"], Int32(0)), (upright, ["--append", "--any-rotation"], 64),
    ] {
      let run = try Executable.run(
        ["index", "build", "--manifest", list, "-o", index] + options
      )
      #expect(run.status == status, "\(run.transcript)")
      #expect(status == 0 || run.errors.contains("--any-rotation"), "\(run.transcript)")
    }
    let more = try scratch.list("y.csv", ["path", "b.iso"])
    for (index, options, prints) in [
      (upright, [String](), 4), (turned, ["--any-rotation"], 2),
    ] {
      let run = try Executable.run(
        ["index", "build", "--manifest", more, "-o", index, "--append", "--skip-bad"] + options
      )
      let added = "1 print added, \(prints) in all"
      #expect(run.status == 0 && run.output.contains(added), "\(run.transcript)")
    }
  }

  @Test("an index may be empty")
  func empty() throws {
    let scratch = try IndexScratch()
    let list = try scratch.list("x.csv", ["path"])
    let index = scratch.directory.file("x.index")
    let built = try Executable.run(["index", "build", "--manifest", list, "-o", index])
    #expect(built.output == "\(index): 0 prints added, 0 in all\n", "\(built.transcript)")
    let run = try Executable.run(["search", index, "--finger", "a.iso", "--format", "csv"])
    #expect(rows(run) == [["a.iso", "", "", "", "", "0", "0"]], "\(run.transcript)")
    let added = try Executable.run([
      "index", "build", "--manifest", scratch.list("y.csv", ["path", "a.iso"]), "-o", index,
      "--append",
    ])
    #expect(added.output == "\(index): 1 print added, 1 in all\n", "\(added.transcript)")
  }

  @Test("damage is found, and never searched")
  func damage() throws {
    let scratch = try IndexScratch()
    let index = try scratch.index()
    for name in try FileManager.default.contentsOfDirectory(atPath: index) {
      let file = URL(filePath: index + "/" + name)
      let intact = try Data(contentsOf: file)
      var bytes = intact
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: file)
      let run = try Executable.run(["index", "verify", index])
      #expect(run.status == 65, "\(name): \(run.transcript)")
      #expect(run.errors.contains("build the index again"), "\(run.transcript)")
      try intact.write(to: file)
    }
    #expect(try Executable.run(["index", "verify", index]).status == 0)
  }

  @Test("lists and probes come from the standard input too")
  func standardInput() throws {
    let scratch = try IndexScratch()
    let index = scratch.directory.file("x.index")
    let built = try Executable.run(
      ["index", "build", "--manifest", "-", "-o", index],
      input: Array("path\na.iso\nc.iso\n".utf8)
    )
    #expect(built.status == 0, "\(built.transcript)")
    let probe = [UInt8](try Data(contentsOf: Executable.inputs.appending(path: "a.iso")))
    let run = try Executable.run(
      ["search", index, "--finger", "-", "--top", "1", "--format", "csv"],
      input: probe
    )
    #expect(rows(run).first?[..<4] == ["-", "1", "a.iso", "a.iso"], "\(run.transcript)")
  }
}
