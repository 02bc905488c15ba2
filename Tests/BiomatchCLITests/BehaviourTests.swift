import BiomatchTestSupport
import Foundation
import Testing

@Suite("Behaviour of the tool")
struct BehaviourTests {
  @Test("a print matches itself and its mate, and not another finger")
  func verify() throws {
    for (a, b, status) in [("a.iso", "a.iso", 0), ("a.iso", "b.iso", 0), ("a.iso", "c.iso", 1)] {
      let run = try Executable.run(["verify", a, b])
      #expect(run.status == status, "\(run.transcript)")
      #expect(run.output.hasPrefix(status == 0 ? "match: " : "no match: "), "\(run.transcript)")
    }
  }

  @Test(
    "verify has the same fields in every machine format",
    arguments: [
      ("json", #"\[\n  \{"a":"a.iso","b":"b.iso","score":[0-9]+,"decision":"match"\}\n\]\n"#),
      ("ndjson", #"\{"a":"a.iso","b":"b.iso","score":[0-9]+,"decision":"match"\}\n"#),
      ("csv", #"a,b,score,decision\na.iso,b.iso,[0-9]+,match\n"#),
    ]
  )
  func verifyFields(format: String, pattern: String) throws {
    let run = try Executable.run(["verify", "a.iso", "b.iso", "--format", format])
    #expect(try Regex(pattern).wholeMatch(in: run.output) != nil, "\(run.transcript)")
  }

  @Test("the threshold decides, itself included")
  func threshold() throws {
    let run = try Executable.run(["verify", "a.iso", "b.iso", "--format", "csv"])
    let score = try #require(Int(run.output.split(separator: "\n")[1].split(separator: ",")[2]))
    for (threshold, status) in [(score, 0), (score + 1, 1), (0, 0)] {
      let run = try Executable.run(["verify", "a.iso", "b.iso", "--threshold", "\(threshold)"])
      #expect(run.status == status, "\(run.transcript)")
    }
  }

  @Test("- is the standard input and output")
  func standardStreams() throws {
    let bytes = [UInt8](try Data(contentsOf: Executable.inputs.appending(path: "a.iso")))
    let direct = try Executable.run(["template", "show", "a.iso", "--format", "csv"])
    let piped = try Executable.run(["template", "show", "-", "--format", "csv"], input: bytes)
    #expect(piped.output == direct.output)
    let round = try Executable.shell(
      "\"$BIOMATCH\" template convert - -o - --to iso-2011 < a.iso | \"$BIOMATCH\" template show - --format csv"
    )
    #expect(round.output == direct.output, "\(round.transcript)")
  }

  @Test(
    "an answer that cannot be written is a failure",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full")
  )
  func fullDevice() throws {
    let run = try Executable.shell("\"$BIOMATCH\" template show a.iso > /dev/full")
    #expect(run.status == 74, "\(run.transcript)")
    #expect(run.errors.contains("[file.failed]"), "\(run.transcript)")
  }

  @Test("a reader that stops early is no failure")
  func earlyEnd() throws {
    let run = try Executable.shell(
      "\"$BIOMATCH\" template show a.iso --svg - | head -c 10; echo \" ${PIPESTATUS[0]}\""
    )
    #expect(run.output == "<svg xmlns 0\n", "\(run.transcript)")
    #expect(run.errors == "", "\(run.transcript)")
  }

  @Test(
    "a file that may not be read is an error of its own",
    .enabled(if: geteuid() != 0, "root may read everything")
  )
  func unreadable() throws {
    try TemporaryDirectory.with { directory in
      let file = directory.appending(path: "locked.iso").path(percentEncoded: false)
      try Data([1]).write(to: URL(filePath: file))
      try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file)
      let run = try Executable.run(["verify", file, "a.iso"])
      #expect(run.status == 77, "\(run.transcript)")
      #expect(run.errors.contains("[file.not-permitted]"), "\(run.transcript)")
    }
  }

  @Test("a failed conversion leaves the older file as it was")
  func atomicity() throws {
    try TemporaryDirectory.with { directory in
      let file = directory.appending(path: "out.iso")
      try Data("older".utf8).write(to: file)
      let path = file.path(percentEncoded: false)
      let failed = try Executable.run([
        "template", "convert", "empty.iso", "-o", path, "--to", "xyt",
      ])
      #expect(failed.status == 65, "\(failed.transcript)")
      #expect(try Data(contentsOf: file) == Data("older".utf8))
      let done = try Executable.run([
        "template", "convert", "a.iso", "-o", path, "--to", "iso-2011",
      ])
      #expect(done.status == 0, "\(done.transcript)")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: directory.path(percentEncoded: false))
          == ["out.iso"]
      )
    }
  }

  @Test("the picture of a match is written, and says so in words")
  func picture() throws {
    let run = try Executable.run(["template", "show", "a.iso", "b.iso", "--svg", "-"])
    #expect(run.status == 0, "\(run.transcript)")
    #expect(run.output.contains("<title id=\"title\">a.iso compared with b.iso</title>"))
    #expect(run.output.contains(", pair 1</title>"))
    let table = try Executable.run(["template", "show", "a.iso", "b.iso", "--format", "csv"])
    #expect(
      table.output.hasPrefix(
        "pair,probe,probeX,probeY,reference,referenceX,referenceY,distance,angle\n1,"
      )
    )
  }
}

@Suite("Evaluate")
struct EvaluateTests {
  @Test("scores, report and rows belong together, for any number of threads")
  func evaluate() throws {
    try TemporaryDirectory.with { directory in
      let path = directory.path(percentEncoded: false)
      var answers: [String] = []
      for threads in ["1", "3"] {
        let run = try Executable.run([
          "evaluate", "fingerprints", "--pairs", "small.csv", "gone.csv", "--root", ".", "--scores",
          path + "/scores\(threads)", "--report", path + "/report\(threads).html", "--format",
          "csv",
          "--threads", threads, "--bootstrap", "50",
        ])
        #expect(run.status == 0, "\(run.transcript)")
        let scores = try String(
          contentsOf: directory.appending(path: "scores\(threads)/small.csv"),
          encoding: .utf8
        )
        let report = try String(
          contentsOf: directory.appending(path: "report\(threads).html"),
          encoding: .utf8
        )
        answers.append(run.output + scores + report)
        let names = run.output.split(separator: "\n").map { $0.prefix { $0 != "," } }
        #expect(names == ["name", "small", "gone", "mean", "pooled"])
        let lines = scores.split(separator: "\n")
        #expect(lines.first == "a,b,genuine,score")
        #expect(lines.last?.hasPrefix("a.iso,nowhere.iso,0,") == true)
        #expect(report.contains("<svg") && report.contains("pooled"))
      }
      #expect(answers[0] == answers[1])
    }
  }

  @Test("without quality the scores differ, and a missing template stays a failure")
  func noQuality() throws {
    let arguments = [
      "evaluate", "fingerprints", "--pairs", "small.csv", "--root", ".", "--format", "csv",
    ]
    let used = try Executable.run(arguments)
    let left = try Executable.run(arguments + ["--no-quality"])
    #expect(left.status == 0, "\(left.transcript)")
    for run in [used, left] {
      let fields = run.output.split(separator: "\n")[1].split(separator: ",")
      #expect(fields.prefix(4) == ["small", "2", "3", "1"], "\(run.transcript)")
    }
  }
}
