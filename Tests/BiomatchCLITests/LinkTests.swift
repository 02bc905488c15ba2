import BiomatchTestSupport
import Foundation
import Testing

@Suite("biomatch link")
struct LinkTests {
  @Test("rows that break a rule are left out and noted, and the rest is encoded")
  func rejects() throws {
    try TemporaryDirectory.with { directory in
      let inputs = Executable.inputs.path
      let run = try Executable.run(
        [
          "link", "encode", "\(inputs)/people-bad.csv", "--schema", "\(inputs)/link-schema.json",
          "--secret-file", "\(inputs)/secret.txt", "--format", "csv", "--rejects", "rejects.csv",
          "-o", "codes.csv",
        ],
        in: directory
      )
      #expect(run.status == 0, "\(run.transcript)")
      #expect(run.output.contains("codes.csv: 1 record of 256 bits"))
      #expect(run.output.contains("rejects.csv: 4 records left out"))
      let codes = try lines(directory, "codes.csv")
      #expect(codes.count == 2 && codes[1].hasPrefix("A1,"))
      let rejects = try lines(directory, "rejects.csv")
      #expect(rejects[0] == "line,column,feature,code,rule")
      #expect(
        rejects.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false)[0] }
          == ["3", "4", "5", "6"]
      )
      #expect(rejects[2].hasPrefix("4,16,date_of_birth,record.date,"))
    }
  }

  @Test("without a file for rejects the first one ends the run, and no file appears")
  func failure() throws {
    try TemporaryDirectory.with { directory in
      let inputs = Executable.inputs.path
      let run = try Executable.run(
        [
          "link", "encode", "\(inputs)/people-bad.csv", "--schema", "\(inputs)/link-schema.json",
          "--secret-file", "\(inputs)/secret.txt", "-o", "codes.json",
        ],
        in: directory
      )
      #expect(run.status == 65)
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
    }
  }

  @Test("a drafted schema fits its table, and has a salt of its own")
  func draft() throws {
    try TemporaryDirectory.with { directory in
      let inputs = Executable.inputs.path
      for name in ["a.json", "b.json"] {
        let run = try Executable.run(
          ["link", "schema", "init", "\(inputs)/people.csv", "-o", name],
          in: directory
        )
        #expect(run.status == 0, "\(run.transcript)")
        #expect(run.output == "\(name): 5 features, ignored: rec_id\n")
      }
      #expect(try lines(directory, "a.json") != lines(directory, "b.json"))
      let run = try Executable.shell(
        "SECRET=0123456789abcdef0123456789abcdef \"$BIOMATCH\" link encode \(inputs)/people.csv "
          + "--schema a.json --secret-env SECRET --format ndjson -o - | wc -l",
        in: directory
      )
      #expect(run.output.trimmingCharacters(in: .whitespacesAndNewlines) == "3")
    }
  }

  @Test("a schema drafted from objects fits them")
  func objectDraft() throws {
    try TemporaryDirectory.with { directory in
      let people = """
        {"id": 1, "name": "ERIKSSON", "born": "1974-08-12", "seen": [1]}

        {"name": "HORVAT", "id": 2, "born": null, "town": "ZAGREB"}
        {"name": "NOVAK", "id": 3, "born": "1980-01-02", "town": "BRNO", "seen": true}

        """
      try Data(people.utf8).write(to: directory.appending(path: "people.ndjson"))
      let draft = ["link", "schema", "init", "people.ndjson", "-o", "schema.json"]
      let run = try Executable.run(draft, in: directory)
      #expect(run.output == "schema.json: 4 features, ignored: id\n", "\(run.transcript)")
      let encode = try Executable.shell(
        "SECRET=0123456789abcdef0123456789abcdef \"$BIOMATCH\" link encode people.ndjson "
          + "--schema schema.json --secret-env SECRET --rejects rejects.csv -o codes.csv",
        in: directory
      )
      // The first has no town.
      #expect(encode.output.contains("codes.csv: 2 records of"), "\(encode.transcript)")
      try Data("{\"id\": 1}\n7\n".utf8).write(to: directory.appending(path: "people.ndjson"))
      let refused = try Executable.run(draft, in: directory)
      #expect(refused.status == 65 && refused.errors.contains("people.ndjson, line 2: "))
    }
  }

  private func encode(
    _ table: String,
    _ output: String,
    secret: String = "secret.txt",
    _ more: [String] = [],
    in directory: URL
  ) throws {
    let inputs = Executable.inputs.path
    let run = try Executable.run(
      [
        "link", "encode", "\(inputs)/\(table)", "--schema", "\(inputs)/link-schema.json",
        "--secret-file", "\(inputs)/\(secret)", "-o", output,
      ] + more,
      in: directory
    )
    #expect(run.status == 0, "\(run.transcript)")
  }

  @Test("containers state schema and secret, and compare only where both are alike")
  func containers() throws {
    try TemporaryDirectory.with { directory in
      try encode("people.csv", "a.codes", in: directory)
      try encode("people-b.csv", "b.codes", in: directory)
      try encode("people-b.csv", "other.codes", secret: "secret-short.txt", in: directory)
      try encode("people-b.csv", "b.ndjson", in: directory)
      let info = try ["a", "b", "other"].map { name in
        try Executable.run(["link", "info", "\(name).codes", "--format", "csv"], in: directory)
          .output.split(separator: "\n")[1].split(separator: ",").map(String.init)
      }
      #expect(info[0][3] == info[1][3] && info[0][3].count == 64)
      #expect(info[0][4] == info[1][4] && info[0][4].count == 16)
      #expect(info[0][3] == info[2][3] && info[0][4] != info[2][4])
      func compare(_ file: String, _ more: [String] = []) throws -> Executable.Run {
        try Executable.run(
          ["link", "compare", "a.codes", file, "--threshold", "0.5"] + more,
          in: directory
        )
      }
      #expect(try compare("b.codes").status == 0)
      let other = try compare("other.codes", ["--any-schema"])
      #expect(other.status == 65 && other.errors.contains("codes.different-secrets"))
      let unknown = try compare("b.ndjson")
      #expect(unknown.status == 65 && unknown.errors.contains("codes.unknown-schema"))
      #expect(try compare("b.ndjson", ["--any-schema"]).output == compare("b.codes").output)
    }
  }

  @Test(
    "the steps one by one give what run gives, with block keys and without",
    arguments: [false, true]
  )
  func steps(hasBlocks: Bool) throws {
    try TemporaryDirectory.with { directory in
      let block = ["--block", "soundex(surname)+exact(sex)"]
      for (table, name) in [("people.csv", "a"), ("people-b.csv", "b")] {
        let more = hasBlocks ? block + ["--block-keys", "\(name).csv"] : []
        try encode(table, "\(name).codes", more, in: directory)
      }
      let blocks = hasBlocks ? ["--blocks", "a.csv", "b.csv"] : []
      let compared = try Executable.run(
        ["link", "compare", "a.codes", "b.codes", "--threshold", "0.3", "--format", "csv"]
          + ["-o", "pairs.csv"] + blocks,
        in: directory
      )
      #expect(compared.status == 0, "\(compared.transcript)")
      let solved = try Executable.run(
        ["link", "solve", "pairs.csv", "--format", "csv"],
        in: directory
      )
      let inputs = Executable.inputs.path
      let run = try Executable.run(
        [
          "link", "run", "\(inputs)/people.csv", "\(inputs)/people-b.csv", "--schema",
          "\(inputs)/link-schema.json", "--secret-file", "\(inputs)/secret.txt", "--threshold",
          "0.3", "--format", "csv",
        ] + (hasBlocks ? block : []),
        in: directory
      )
      #expect(run.status == 0 && run.output == solved.output, "\(run.transcript)")
      #expect(run.output.contains("A1,B2,"))
    }
  }

  @Test("pairs go to anonlink's form and back with the same links")
  func anonlink() throws {
    try TemporaryDirectory.with { directory in
      let inputs = Executable.inputs.path
      let compare = [
        "link", "compare", "\(inputs)/codes-a.json", "\(inputs)/codes-a.json", "--any-schema",
        "--threshold", "0.1",
      ]
      _ = try Executable.run(compare + ["-o", "p.anonlink"], in: directory)
      _ = try Executable.run(compare + ["-o", "p.csv", "--format", "csv"], in: directory)
      let links = try ["p.anonlink", "p.csv"].map {
        try Executable.run(["link", "solve", $0, "--format", "csv"], in: directory).output
      }
      #expect(links[0] == links[1] && links[0].hasPrefix("a,b,score\nrow0,row0,1\n"))
      let bytes = try Data(contentsOf: directory.appending(path: "p.anonlink"))
      try bytes.dropLast().write(to: directory.appending(path: "cut.anonlink"))
      let cut = try Executable.run(["link", "solve", "cut.anonlink"], in: directory)
      #expect(cut.status == 65 && cut.errors.contains("candidates.length"), "\(cut.transcript)")
    }
  }

  @Test("without a secret a trial says that it takes a random one; figures go to a report")
  func trial() throws {
    try TemporaryDirectory.with { directory in
      let inputs = Executable.inputs.path
      let run = try Executable.run(
        [
          "link", "run", "\(inputs)/people.csv", "\(inputs)/people-bad.csv", "--schema",
          "\(inputs)/link-schema.json", "--truth", "\(inputs)/truth-a.csv",
          "\(inputs)/truth-a.csv", "--rejects", "rejects.csv", "--report", "report.json", "-o",
          "links.csv", "--format", "csv",
        ],
        in: directory
      )
      #expect(run.status == 0 && run.output.isEmpty, "\(run.transcript)")
      #expect(run.errors.contains("[link.throw-away-secret]"))
      #expect(try lines(directory, "links.csv") == ["a,b,score", "A1,A1,1"])
      #expect(
        try lines(directory, "report.json")[1].contains(#""links":1,"correct":1,"matches":1"#)
      )
      let rejects = try lines(directory, "rejects.csv")
      #expect(rejects[0] == "file,line,column,feature,code,rule" && rejects.count == 5)
      #expect(rejects[1].hasPrefix("\(inputs)/people-bad.csv,3,"))
    }
  }

  @Test("an error of two files names them, and says which is at fault")
  func sides() throws {
    try TemporaryDirectory.with { directory in
      try encode("people.csv", "a.codes", in: directory)
      try encode("people-b.csv", "b.codes", secret: "secret-short.txt", in: directory)
      try encode("people-b.csv", "b.json", in: directory)
      func compare(_ a: String, _ b: String) throws -> String {
        let run = try Executable.run(["link", "compare", a, b], in: directory)
        #expect(run.status == 65)
        return run.errors
      }
      let secrets = try compare("a.codes", "b.codes")
      #expect(secrets.hasPrefix("biomatch: b.codes: ") && secrets.contains(" in a.codes and "))
      #expect(try compare("a.codes", "b.json").hasPrefix("biomatch: b.json: "))
      #expect(try compare("b.json", "a.codes").hasPrefix("biomatch: b.json: "))
      #expect(try compare("b.json", "b.json").contains("b.json and b.json do not"))
    }
  }

  @Test(
    "codes in the forms of anonlink's service compare as all others",
    arguments: ["bytes", "packed"]
  )
  func service(format: String) throws {
    try TemporaryDirectory.with { directory in
      for (table, name) in [("people.csv", "a"), ("people-b.csv", "b")] {
        try encode(table, "\(name).json", in: directory)
        try encode(table, "\(name).\(format)", in: directory)
      }
      func compare(_ format: String, _ more: [String]) throws -> Executable.Run {
        try Executable.run(
          ["link", "compare", "a.\(format)", "b.\(format)", "--any-schema", "--threshold", "0.3"]
            + more,
          in: directory
        )
      }
      let (json, bytes) = (try compare("json", []), try compare(format, ["--bits", "256"]))
      #expect(bytes.status == 0 && bytes.output == json.output, "\(bytes.transcript)")
      let unknown = try compare(format, [])
      #expect(unknown.status == 64 && unknown.errors.contains("codes.unknown-length"))
      for bits in ["7", "65", "8192"] {
        let impossible = try compare(format, ["--bits", bits])
        #expect(impossible.status == 64 && impossible.errors.contains("--bits must be"))
      }
      let info = try Executable.run(
        ["link", "info", "a.\(format)", "--bits", "256", "--format", "csv"],
        in: directory
      )
      #expect(info.output.contains("a.\(format),3,256,"), "\(info.transcript)")
    }
  }

  @Test("no command writes in the place of what it reads")
  func inPlace() throws {
    try TemporaryDirectory.with { directory in
      let inputs = Executable.inputs.path
      try Data(contentsOf: URL(filePath: "\(inputs)/people.csv"))
        .write(to: directory.appending(path: "people.csv"))
      let before = try lines(directory, "people.csv")
      for command in [
        [
          "encode", "people.csv", "--schema", "\(inputs)/link-schema.json", "--secret-file",
          "\(inputs)/secret.txt",
        ],
        ["run", "people.csv", "b.csv", "--schema", "\(inputs)/link-schema.json"],
        ["compare", "a.json", "people.csv"], ["solve", "people.csv"],
        ["schema", "init", "people.csv"],
      ] {
        let run = try Executable.run(["link"] + command + ["-o", "./people.csv"], in: directory)
        #expect(run.status == 64 && run.errors.contains("both read and written"))
      }
      #expect(try lines(directory, "people.csv") == before)
    }
  }

  @Test("pairs come from the standard input, columns in any order, quoted where they need it")
  func pipe() throws {
    func solve(_ text: String) throws -> Executable.Run {
      try Executable.run(["link", "solve", "-", "--format", "csv"], input: Array(text.utf8))
    }
    let quoted = #""x,1""#
    let run = try solve("score,b,a\n0.5,y 2,\(quoted)\n.25,y,\(quoted)\n1e0,z,w\n")
    #expect(run.output == "a,b,score\nw,z,1\n\(quoted),y 2,0.5\n", "\(run.transcript)")
    let named = try Executable.shell(#""$BIOMATCH" link solve <(printf 'a,b,score\nx,y,0.5\n')"#)
    #expect(named.output.contains("x  y  0.5\n1 pair"), "\(named.transcript)")
    let refused = try solve("a,b,score\nx,y,0.5\nx,,0.5\n")
    #expect(refused.status == 65 && refused.errors.contains("-, line 3, column 3, b: "))
    let score = try solve("a,b,score\nx,y,nan\n")
    #expect(score.status == 65 && score.errors.contains("-, line 2, column 5, score: "))
  }

  @Test("a table shows the control characters of an identifier, a summary those of a column")
  func controlCharacters() throws {
    let pairs = "a,b,score\n\"x\u{1B}[2J\ny\",z\u{7}\u{202E}\u{200F}\u{2028},0.5\n"
    let run = try Executable.run(["link", "solve", "-"], input: Array(pairs.utf8))
    #expect(
      run.output
        == "a  b  score\nx\\u{1B}[2J\\u{A}y  z\\u{7}\\u{202E}\\u{200F}\\u{2028}  0.5\n1 pair\n",
      "\(run.transcript)"
    )
    let csv = try Executable.run(
      ["link", "solve", "-", "--format", "csv"],
      input: Array(pairs.utf8)
    )
    #expect(csv.output == pairs, "\(csv.transcript)")
    try TemporaryDirectory.with { directory in
      try Data("id\u{1B}[2J,name\n1,x\n".utf8).write(to: directory.appending(path: "t.csv"))
      let draft = try Executable.run(
        ["link", "schema", "init", "t.csv", "-o", "s.json"],
        in: directory
      )
      #expect(
        draft.output == "s.json: 2 features, ignored: id\\u{1B}[2J\n",
        "\(draft.transcript)"
      )
    }
  }

  @Test("records whose identifiers differ in their bytes alone have block keys and a truth each")
  func equivalentIdentifiers() throws {
    try TemporaryDirectory.with { directory in
      func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: directory.appending(path: name))
      }
      let (composed, decomposed) = ("\u{E9}", "e\u{301}")
      try write("id,clk\n\(composed),AQIDBAUGBwg=\n\(decomposed),AQIDBAUGBwg=\n", "codes.csv")
      try write("id,key\n\(composed),k1\n\(decomposed),k2\n", "keys.csv")
      let compared = try Executable.run(
        ["link", "compare", "codes.csv", "codes.csv", "--any-schema", "--format", "csv"]
          + ["--blocks", "keys.csv", "keys.csv"],
        in: directory
      )
      let pairs = "\(composed),\(composed),1\n\(decomposed),\(decomposed),1\n"
      #expect(
        compared.output.utf8.elementsEqual("a,b,score\n\(pairs)".utf8),
        "\(compared.transcript)"
      )
      let rows = "ERIKSSON,ANNA,1974-08-12,F\n\(decomposed),HORVAT,IVAN,1960-11-05,M\n"
      try write("rec_id,surname,given_names,date_of_birth,sex\n\(composed),\(rows)", "t.csv")
      try write("rec_id,person\n\(composed),\(composed)\n\(decomposed),\(decomposed)\n", "p.csv")
      let inputs = Executable.inputs.path
      let run = try Executable.run(
        [
          "link", "run", "t.csv", "t.csv", "--schema", "\(inputs)/link-schema.json",
          "--secret-file", "\(inputs)/secret.txt", "--truth", "p.csv", "p.csv", "--report",
          "report.json", "--format", "csv",
        ],
        in: directory
      )
      #expect(run.output.utf8.elementsEqual("a,b,score\n\(pairs)".utf8), "\(run.transcript)")
      #expect(
        try lines(directory, "report.json")[1].contains(#""links":2,"correct":2,"matches":2"#)
      )
    }
  }

  @Test(
    "records and pairs in NDJSON give what those in CSV give; a line that is no record is a reject"
  )
  func objects() throws {
    try TemporaryDirectory.with { directory in
      let inputs = Executable.inputs.path
      let table = try String(contentsOfFile: "\(inputs)/people.csv", encoding: .utf8)
      let rows = table.filter { $0 != "\"" }.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
      // Members in another order, one more, and null for what is empty.
      let objects = rows.dropFirst().map { row in
        let members = zip(rows[0], row).map { name, value in
          "\"\(name)\": " + (value.isEmpty ? "null" : "\"\(value)\"")
        }
        return "{\"more\": [1], \(members.reversed().joined(separator: ", "))}"
      }
      let text = objects.joined(separator: "\n\n")
      try Data(text.utf8).write(to: directory.appending(path: "people.ndjson"))
      let encode = [
        "link", "encode", "people.ndjson", "--schema", "\(inputs)/link-schema.json",
        "--secret-file", "\(inputs)/secret.txt",
      ]
      let good = try Executable.run(encode + ["-o", "objects.csv"], in: directory)
      #expect(good.status == 0, "\(good.transcript)")
      try self.encode("people.csv", "rows.csv", in: directory)
      #expect(try lines(directory, "objects.csv") == lines(directory, "rows.csv"))

      let bad = text + "\n[]\n{\"rec_id\": 7}\n{\"rec_id\": \"x\n"
      try Data(bad.utf8).write(to: directory.appending(path: "people.ndjson"))
      let some = try Executable.run(
        encode + ["-o", "some.csv", "--rejects", "rejects.csv"],
        in: directory
      )
      #expect(some.status == 0, "\(some.transcript)")
      #expect(try lines(directory, "some.csv") == lines(directory, "rows.csv"))
      let codes = try lines(directory, "rejects.csv").map { $0.split(separator: ",") }.map {
        [$0[0]] + $0.filter { $0.hasPrefix("record.") }
      }
      #expect(
        codes.dropFirst() == [
          ["6", "record.object"], ["7", "record.fields"], ["8", "record.object"],
        ]
      )

      var links: [String] = []
      for format in ["csv", "ndjson"] {
        let compare = [
          "link", "compare", "rows.csv", "rows.csv", "--any-schema", "--threshold", "0",
        ]
        _ = try Executable.run(compare + ["--format", format, "-o", "p.\(format)"], in: directory)
        links.append(try Executable.run(["link", "solve", "p.\(format)"], in: directory).output)
      }
      #expect(links[0] == links[1] && links[0].hasSuffix("3 pairs\n"))
    }
  }

  private func lines(_ directory: URL, _ name: String) throws -> [String] {
    let text = try String(contentsOf: directory.appending(path: name), encoding: .utf8)
    return text.split(separator: "\n").map(String.init)
  }
}
