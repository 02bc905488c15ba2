import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchLinkage

struct MRZParseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parse",
    abstract: "Say what machine-readable zones say, and whether their check digits hold.",
    discussion: """
      The file holds one zone or many, one behind the other, each in its lines or \
      in one line; empty lines part them. A zone that breaks a rule is an error; \
      the others are read all the same, and the exit code is then 65.

      The years of a zone have two digits. With --reference-date a person is less \
      than a hundred years old on that day, and a document expires in the year that \
      is nearest; without it dates stay YYMMDD.

      Examples:

        biomatch mrz parse zones.txt --reference-date 2026-10-01 --format csv
        biomatch mrz parse - --correct < scanned.txt
      """
  )

  @Argument(help: "A text file; - is the standard input.")
  var file = "-"

  @Option(name: .long, help: "The day of the reading, YYYY-MM-DD, which decides centuries.")
  var referenceDate: String?

  @Flag(name: .long, help: "Read zones that break a rule as far as possible, and report it.")
  var lenient = false

  @Flag(
    name: .long,
    help: "Where check digits fail, take the one reading that common misreadings explain."
  )
  var correct = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let reference = try referenceDate.map(Self.day)
    let bytes = try FileBytes.read(file)
    var texts = MRZText.all(in: bytes, file: file)
    // A file without any line is told like a zone without any.
    if texts.isEmpty { texts = [MRZText(bytes, file: file)] }
    let reader = ZoneReader(lenient: lenient, correct: correct)
    var zones: [ReadZone] = []
    var hasFailed = false
    for text in texts {
      do throws(MRZError) {
        zones.append(try reader.read(text))
      } catch {
        FailureReport.say(error)
        hasFailed = true
      }
    }
    let answer = ZoneAnswer(file: file, zones: zones, reference: reference)
    try answer.print(output.format)
    if hasFailed { throw ExitCode(ErrorCategory.badData.rawValue) }
  }

  private static func day(_ text: String) throws -> PartialDate {
    let date: PartialDate
    do {
      date = try PartialDate(text)
    } catch {
      throw UsageError.option("--reference-date", rule: error.rule, remedy: "give a day")
    }
    guard date.isComplete else {
      throw UsageError.option(
        "--reference-date",
        rule: "a reference date must be complete, found \(date)",
        remedy: "give a day, as in 2026-10-01"
      )
    }
    return date
  }
}
