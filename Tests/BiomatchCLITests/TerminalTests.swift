#if canImport(Glibc)
  import BiomatchTestSupport
  import Foundation
  import Testing

  @Suite("The tool in a terminal")
  struct TerminalTests {
    private static let question = "for ever? Type yes: "
    private static let lineRemoval = "\r\u{1B}[K"

    @Test(
      "An erasure asks, and happens for yes alone",
      arguments: [
        ("yes\n", true), (" YES \n", true), ("no\n", false), ("\n", false), ("y\n", false),
        ("\u{4}", false),
      ]
    )
    func confirmation(answer: String, isErased: Bool) throws {
      let scratch = try GalleryScratch()
      try #require(
        scratch.keyed("enrol g --subject P1 --finger \(GalleryScratch.finger(1))").status == 0
      )
      let run = try scratch.terminal(
        "delete g --key-file k --subject P1 --receipt r.json",
        question: Self.question,
        answer: answer
      )
      #expect(run.text.hasPrefix("Erase subject P1 from g \(Self.question)"))
      #expect(run.status == (isErased ? 0 : 64), "\(run.text)")
      #expect(scratch.exists("r.json") == isErased)
      #expect(try scratch.info("subjects") == (isErased ? "0" : "1"))
      if !isErased {
        // The error stands on a line of its own.
        #expect(run.text.contains("\nbiomatch: --yes: "), "\(run.text)")
      }
    }

    @Test("The question holds nobody up, and shows what could hide whom it is about")
    func question() throws {
      let scratch = try GalleryScratch()
      let name = "P2\rErase subject P1\u{202E}\u{1B}[8m"
      let finger = ["--subject", name, "--finger", GalleryScratch.finger(1)]
      try #require(scratch.keyed("enrol g", finger).status == 0)
      let run = try scratch.terminal(
        "delete g --key-file k --subject",
        [name],
        question: Self.question,
        answer: "no\n"
      ) {
        // Somebody else writes while the question is open.
        let other = ["--subject", "P3", "--finger", GalleryScratch.finger(2)]
        let run = try scratch.keyed("enrol g", other)
        #expect(run.status == 0, "\(run.transcript)")
      }
      let shown = #"Erase subject P2\u{D}Erase subject P1\u{202E}\u{1B}[8m from g "#
      #expect(run.text.hasPrefix(shown + Self.question), "\(run.text)")
      let unknown = try scratch.keyed("show g", ["--subject", "\u{1B}[31mX"])
      #expect(unknown.errors.contains(#"subject \u{1B}[31mX"#))
    }

    @Test("Messages take the place of a bar, and nothing of it is left at the end")
    func bars() throws {
      let scratch = try GalleryScratch()
      var rows = (0..<2500).map { "Q\($0),\($0 % 7 == 0 ? "amputated" : "missing")" }
      rows[1500] = "Q3,missing"
      try scratch.write("people.csv", ["subject,right-thumb"] + rows)
      let run = try scratch.terminal("enrol g --key-file k --manifest people.csv")
      #expect(run.status == 65)
      let bars = run.text.split(separator: "\r").filter { $0.hasPrefix("enrolling █") }
      #expect(bars.count == 3, "\(run.text)")
      #expect(
        run.text.contains("%\(Self.lineRemoval)biomatch: people.csv, line 1502"),
        "\(run.text)"
      )
      #expect(
        run.text.hasSuffix(
          "%\(Self.lineRemoval)g: 2499 subjects enrolled with 0 samples, 1 row rejected\r\n"
        ),
        "\(run.text)"
      )
    }

    @Test(
      "Commands that ask nothing run in a terminal as elsewhere",
      arguments: [
        ("gallery create h --in-clear", "h: an empty gallery, in clear\r\n"),
        ("gallery compact g --key-file k", "g: compacted, 0 subjects\r\n"),
        (
          "gallery rotate-key g --key-file k --new-key-file n --new-key",
          "g: now under the key of file n\r\n"
        ),
        (
          "gallery verify g --key-file k", "g: intact, 0 subjects, 0 fingers, 0 faces\r\n"
        ),
      ]
    )
    func others(command: String, answer: String) throws {
      let run = try GalleryScratch().terminal(command)
      #expect(run.text == answer)
      #expect(run.status == 0)
    }
  }

  extension GalleryScratch {
    /// Runs the tool in a terminal of its own; `during` is called when the question is there.
    fileprivate func terminal(
      _ command: String,
      _ more: [String] = [],
      question: String = "?",
      answer: String = "",
      _ during: () throws -> Void = {}
    ) throws -> (status: Int32, text: String) {
      let process = try Executable.process(
        command.split(separator: " ").map(String.init) + more,
        in: URL(filePath: directory.path)
      )
      return try PseudoTerminal().run(process, question: question, answer: answer, during)
    }
  }
#endif
