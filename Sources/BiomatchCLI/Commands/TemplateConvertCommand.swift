import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFingerprint

struct TemplateConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a template in another format.",
    discussion: """
      What the target format cannot hold is listed on the standard error. The \
      output file appears whole or not at all.

      Examples:

        biomatch template convert probe.fmr -o probe.iso --to iso-2005
        biomatch template convert probe.xyt -o probe.iso --to iso-2011 --width 388 --height 374
        cat probe.iso | biomatch template convert - -o - --to xyt > probe.xyt
      """
  )

  @Argument(help: "The template; - is the standard input.")
  var file: String

  @Option(name: .shortAndLong, help: "The file to write; - is the standard output.")
  var output: String

  @Option(name: .long, help: "The format to write.")
  var to: MinutiaeFormat

  @OptionGroup var template: TemplateOptions

  func run() throws {
    let loaded = try template.load(file)
    loaded.warnOfRepairs()
    let encoded = try MinutiaeEncoder(format: to).encode(loaded.decoded.record)
    for loss in encoded.losses { Warning(loss, file: file).say() }
    try OutputFile.write(encoded.bytes, to: output)
  }
}
