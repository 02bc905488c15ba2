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

  private func lines(_ directory: URL, _ name: String) throws -> [String] {
    let text = try String(contentsOf: directory.appending(path: name), encoding: .utf8)
    return text.split(separator: "\n").map(String.init)
  }
}
