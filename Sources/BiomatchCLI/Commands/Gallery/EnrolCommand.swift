import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchGallery

struct EnrolCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrol",
    abstract: "Enrol a person, or the people of a list, in a gallery.",
    discussion: """
      A person is given by options. A list is CSV with a row a person: the column \
      subject, and if you like category, list, name, born, sex, nationality, document \
      (as the options; several are separated by semicolons), a column for each finger, \
      right-thumb to left-little, with a template or with missing, bandaged or \
      amputated, and face, model, modelVersion. Or it is NDJSON (.ndjson, .jsonl), an \
      object a line:

        {"subject": "P1", "name": ["ERIKSSON, ANNA"], "born": "1984-00-00",
         "finger": [{"path": "p1.iso", "position": "right-index"}],
         "missing": {"right-thumb": "amputated"},
         "face": [{"path": "faces.npy#0", "model": "edgeface-xs"}]}

      Relative paths go from the list's directory. A row that cannot be enrolled does \
      not keep others from it; it is reported, and the exit code is then 65. After a \
      failure or a kill, the same call with --resume goes on: nobody is enrolled \
      twice, and nobody left out.

      Examples:

        biomatch enrol people.gallery --key-file gallery.key --subject P1 \\
          --finger right-index=a.iso --face faces.npy#0 --model edgeface-xs \\
          --name "ERIKSSON, ANNA" --born 1984-00-00 --list watch
        biomatch enrol people.gallery --key-file gallery.key --manifest people.csv \\
          --rejects rejected.csv
      """
  )

  @Argument(help: "The directory of the gallery.")
  var gallery: String

  @Option(name: .long, help: "The list of people; - is CSV on the standard input.")
  var manifest: String?

  @Option(name: .long, help: "Write the rows that were not enrolled to this CSV file.")
  var rejects: String?

  @Flag(name: .long, help: "Go on; who is there already, all the same, is not rejected.")
  var resume = false

  @Option(name: .long, help: "Where the resume point is kept; beside the list unless told.")
  var state: String?

  @Option(name: .long, help: "The pseudonym of the person; it stays in clear.")
  var subject: String?

  @Option(name: .long, help: "The category that rules of retention go by; it stays in clear.")
  var category: String?

  @Option(name: .long, help: "A list that the person is put on; may be repeated.")
  var list: [String] = []

  @OptionGroup var samples: SampleOptions
  @OptionGroup var demographics: DemographicOptions
  @OptionGroup var key: KeyOptions
  @OptionGroup var faces: FaceFileOptions
  @OptionGroup var template: TemplateOptions
  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (manifest == nil) != (subject == nil) else {
      throw ValidationError("give either --subject, for one person, or --manifest")
    }
    if manifest != nil {
      guard samples.isEmpty, demographics.isEmpty, category == nil, list.isEmpty else {
        throw ValidationError("what is known of a person stands in the manifest")
      }
    } else if rejects != nil || resume || state != nil {
      throw ValidationError("--rejects, --resume and --state go with --manifest")
    }
  }

  func run() async throws {
    if let manifest { try await enrolList(manifest) } else { try await enrolOne() }
  }

  private var reader: PersonReader { PersonReader(template: template, faces: faces) }

  private func enrolOne() async throws {
    var fields = PersonFields(subject: subject ?? "", category: category, list: list)
    try samples.add(to: &fields)
    demographics.add(to: &fields)
    let entry = try PersonEntry(fields, model: try samples.model.faceModel()) { field in
      ErrorLocation(field: field)
    }
    let person = try reader.person(entry) { $0.warnOfRepairs() }
    let strictness = template.decodingStrictness
    let enrolment = try await key.use(gallery, .readWrite, strictness: strictness) { opened in
      try await opened.enrol(person)
    }
    let row = Row([
      "gallery": .text(gallery), "subject": .text("\(person.subject)"),
      "samples": .integer(person.samples.count), "generation": .integer(Int(enrolment.generation)),
    ])
    try row.print(
      output.format,
      text: "\(gallery): subject \(person.subject) enrolled with "
        + Plural.text(person.samples.count, "sample")
    )
  }

  private func enrolList(_ manifest: String) async throws {
    let people = try PeopleLists.open(manifest, model: try samples.model.faceModel())
    let strictness = template.decodingStrictness
    let (totals, generation) = try await key.use(
      gallery,
      .readWrite,
      strictness: strictness,
      indexed: true
    ) {
      let totals = try await ListEnrolment(
        gallery: $0,
        list: people,
        path: manifest,
        reader: reader,
        statePath: state ?? (manifest == "-" ? nil : manifest + ".state"),
        rejectionPath: rejects,
        isResumed: resume,
        threads: engine.threads
      ).run()
      return (totals, try await $0.state().generation)
    }
    let row = Row([
      "gallery": .text(gallery), "enrolled": .integer(totals.enrolled),
      "samples": .integer(totals.samples), "present": .integer(totals.present),
      "rejected": .integer(totals.rejected), "generation": .integer(Int(generation)),
    ])
    let present = totals.present == 0 ? "" : ", \(totals.present) there already"
    let rejected = totals.rejected == 0 ? "" : ", \(Plural.text(totals.rejected, "row")) rejected"
    try row.print(
      output.format,
      text: "\(gallery): \(Plural.text(totals.enrolled, "subject")) enrolled with "
        + "\(Plural.text(totals.samples, "sample"))\(present)\(rejected)"
    )
    if totals.rejected > 0 { throw ExitCode(ErrorCategory.badData.rawValue) }
  }
}
