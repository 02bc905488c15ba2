import ArgumentParser
import Biomatch
import BiomatchCore

struct IndexBuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Make an index of the templates that a list names, or of face vectors.",
    discussion: """
      The list is CSV with the column path, relative to the list, and if you like \
      reference (the sample's identifier; the path unless told), subject (the \
      person's; the reference unless told) and position (the finger; what the \
      template says unless told). Of a record with several views each becomes a \
      sample: REFERENCE#1, REFERENCE#2 and so on.

      Face vectors come from one file, .npy, .csv or raw values, of any size. \
      --labels says whose they are, --ids how they are called (row0, row1 and so on \
      unless told), --model what made them: vectors of other models are refused \
      later on. A CSV file of vectors may have columns subject and reference instead.

      The index appears whole or not at all. A template that cannot be read is an \
      error, and nothing is written; with --skip-bad it is left out and reported.

      Examples:

        biomatch index build --manifest gallery.csv -o prints.index
        biomatch index build --manifest new.csv -o prints.index --append
        biomatch index build --manifest scans.csv -o scans.index --skip-bad
        biomatch index build --faces faces.npy --labels labels.txt \
      --model edgeface-xs -o faces.index
      """
  )

  @Option(name: .long, help: "The list of templates; - is the standard input.")
  var manifest: String?

  @OptionGroup var faces: FaceIndexOptions

  @Option(name: .shortAndLong, help: "The directory of the index.")
  var output: String

  @Flag(name: .long, help: "Add to the index that is there.")
  var append = false

  @Flag(name: .long, help: "Leave out templates that cannot be read, and report them.")
  var skipBad = false

  @OptionGroup var matching: MatchingOptions
  @OptionGroup var template: TemplateOptions
  @OptionGroup var format: OutputOptions

  func validate() throws {
    guard (manifest == nil) != (faces.faces == nil) else {
      throw ValidationError("give either --manifest, for prints, or --faces")
    }
    if faces.faces != nil, skipBad || matching.anyRotation {
      throw ValidationError("--skip-bad and --any-rotation are for templates of prints")
    }
  }

  func run() throws {
    if let manifest {
      try PrintIndexBuild(
        manifest: manifest,
        output: output,
        append: append,
        skipBad: skipBad,
        matching: matching,
        template: template
      ).run(format.format)
    } else {
      try FaceIndexBuild(
        options: faces,
        output: output,
        append: append,
        engine: matching.engine
      ).run(format.format)
    }
  }
}
