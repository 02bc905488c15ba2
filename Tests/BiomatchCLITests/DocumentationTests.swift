import BiomatchTestSupport
import Foundation
import Testing

/// The examples in the documentation: what a page shows is what the tool prints.
///
/// With `BIOMATCH_RECORD=1` the outputs in the pages are written anew.
@Suite("Documentation")
struct DocumentationTests {
  @Test(
    "every example shows the tool's real output",
    arguments: ["README.md", "docs/cli.md", "docs/how-to/gallery.md"]
  )
  func examples(page: String) throws {
    let file = Self.root.appending(path: page)
    let text = try String(contentsOf: file, encoding: .utf8)
    var examples = PageExamples(text)
    #expect(!examples.commands.isEmpty, "\(page) has no examples")
    try TemporaryDirectory.with { directory in
      let demo = try Executable.run(
        ["demo", "--prints", "1000", "--faces", "1000", "--people", "100", "--searches", "1"],
        in: directory
      )
      try #require(demo.status == 0, "\(demo.transcript)")
      for (name, text) in examples.files {
        try Data(text.utf8).write(to: directory.appending(path: name))
      }
      for index in examples.commands.indices {
        let command = examples.commands[index]
        let run = try Executable.shell(
          "biomatch() { \"$BIOMATCH\" \"$@\"; }; { \(command); } 2>&1",
          in: directory
        )
        if Self.isRecording {
          examples.outputs[index] = run.output
        } else {
          #expect(examples.outputs[index] == run.output, "\(page): \(command)")
        }
      }
    }
    if Self.isRecording { try examples.text.write(to: file, atomically: true, encoding: .utf8) }
  }

  private static let isRecording = ProcessInfo.processInfo.environment["BIOMATCH_RECORD"] == "1"

  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}

/// A page of Markdown, taken apart into its `$ biomatch` commands, their outputs and the rest.
private struct PageExamples {
  var commands: [String] = []
  var outputs: [String] = []
  /// What stands in blocks that name a file, as "```csv people.csv" does.
  var files: [(name: String, text: String)] = []
  /// What stands before each command, and after the last output.
  private var between: [String] = [""]

  init(_ page: String) {
    var isInBlock = false
    var isInOutput = false
    var isInFile = false
    for line in page.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if line.hasPrefix("```") {
        isInBlock.toggle()
        isInOutput = false
        let name = line.split(separator: " ").dropFirst().first
        isInFile = isInBlock && name != nil
        if isInFile, let name { files.append((String(name), "")) }
      } else if isInFile {
        files[files.count - 1].text += line + "\n"
      }
      if isInBlock, line.hasPrefix("$ biomatch ") {
        commands.append(String(line.dropFirst(2)))
        outputs.append("")
        between.append("")
        isInOutput = true
      } else if isInOutput {
        outputs[outputs.count - 1] += line + "\n"
      } else {
        between[between.count - 1] += line + "\n"
      }
    }
  }

  var text: String {
    between[0]
      + commands.indices.map { "$ \(commands[$0])\n\(outputs[$0])\(between[$0 + 1])" }.joined()
  }
}
