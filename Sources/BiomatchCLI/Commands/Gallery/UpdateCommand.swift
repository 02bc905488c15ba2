import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFingerprint
import BiomatchGallery

struct UpdateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Change what a gallery has of a person.",
    discussion: """
      What is not mentioned stays. Samples and lists are added and removed one by one; \
      --name, --nationality and --document replace all that there were, --no-names and \
      its like remove them. It happens as a whole or not at all.

      Examples:

        biomatch update people.gallery --key-file gallery.key --subject P1 \\
          --finger left-index=b.iso --remove P1/right-index
        biomatch update people.gallery --key-file gallery.key --subject P1 \\
          --list watch --category visa
        biomatch update people.gallery --key-file gallery.key --subject P1 --unlist watch
      """
  )

  @Argument(help: "The directory of the gallery.")
  var gallery: String

  @Option(name: .long, help: "The person.")
  var subject: String

  @Option(name: .long, parsing: .upToNextOption, help: "References of samples to be removed.")
  var remove: [String] = []

  @Option(name: .long, parsing: .upToNextOption, help: "Fingers that are not missing any more.")
  var present: [String] = []

  @Option(name: .long, help: "The category from now on.")
  var category: String?

  @Flag(name: .long, help: "The person has no category any more.")
  var noCategory = false

  @Option(name: .long, help: "A list that the person is put on; may be repeated.")
  var list: [String] = []

  @Option(name: .long, help: "A list that the person is taken off; may be repeated.")
  var unlist: [String] = []

  @Flag(name: .long, help: "Forget the names.")
  var noNames = false

  @Flag(name: .long, help: "Forget the nationalities.")
  var noNationalities = false

  @Flag(name: .long, help: "Forget the documents.")
  var noDocuments = false

  @OptionGroup var samples: SampleOptions
  @OptionGroup var demographics: DemographicOptions
  @OptionGroup var key: KeyOptions
  @OptionGroup var faces: FaceFileOptions
  @OptionGroup var template: TemplateOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if noCategory, category != nil {
      throw ValidationError("give either --category or --no-category")
    }
    let isIdle =
      samples.isEmpty && demographics.isEmpty && remove.isEmpty && present.isEmpty
      && category == nil && !noCategory && list.isEmpty && unlist.isEmpty
      && !noNames && !noNationalities && !noDocuments
    if isIdle { throw ValidationError("say what is to be changed") }
  }

  func run() async throws {
    var fields = PersonFields(subject: subject, category: category, list: list)
    try samples.add(to: &fields)
    demographics.add(to: &fields)
    let entry = try PersonEntry(fields, model: try samples.model.faceModel()) { field in
      ErrorLocation(field: field)
    }
    let strictness = template.decodingStrictness
    let change = try await key.use(gallery, .readWrite, strictness: strictness) { opened in
      guard let before = try await opened.person(entry.person.subject) else {
        throw GalleryError.subjectUnknown(entry.person.subject)
      }
      let changes = try self.changes(to: before, entry)
      return (before, changes, try await opened.update(before.subject, changes))
    }
    let (before, changes, enrolment) = change
    let count = before.samples.count - changes.removed.count + changes.added.count
    let row = Row([
      "gallery": .text(gallery), "subject": .text(subject),
      "added": .integer(changes.added.count), "removed": .integer(changes.removed.count),
      "samples": .integer(count), "generation": .integer(Int(enrolment.generation)),
    ])
    try row.print(
      output.format,
      text: "\(gallery): subject \(subject) changed, now with \(Plural.text(count, "sample"))"
    )
  }

  /// What the options change of the person, whose new samples are read from their files.
  private func changes(to before: Person, _ entry: PersonEntry) throws -> PersonChanges {
    let removed = try remove.map { try ReferenceID($0) }
    let unlisted = Set(try unlist.map { try Label($0) })
    let reader = PersonReader(template: template, faces: faces)
    let taken = Set(before.samples.map(\.reference)).subtracting(removed)
    let added = try reader.person(entry, taken: taken) { $0.warnOfRepairs() }
    var changes = PersonChanges(removed: removed, added: added.samples)
    if noCategory { changes.category = .set(nil) }
    if let category = added.category { changes.category = .set(category) }
    if !list.isEmpty || !unlisted.isEmpty {
      changes.lists = before.lists.union(added.lists).subtracting(unlisted)
    }
    changes.demographics = merged(before.demographics, added.demographics)
    changes.fingers = merged(
      before.fingers,
      added.fingers,
      without: try present.map(PersonText.position)
    )
    return changes
  }

  /// The demographics with what the options change; `nil` where they change nothing.
  private func merged(_ before: Demographics, _ given: Demographics) -> Demographics? {
    var after = before
    if noNames || !given.names.isEmpty { after.names = given.names }
    if demographics.born != nil { after.birthDate = given.birthDate }
    if demographics.sex != nil { after.sex = given.sex }
    if noNationalities || !given.nationalities.isEmpty { after.nationalities = given.nationalities }
    if noDocuments || !given.documents.isEmpty { after.documents = given.documents }
    return after == before ? nil : after
  }

  /// The conditions of fingers; `nil` where they stay.
  private func merged(
    _ before: [FingerStatus],
    _ given: [FingerStatus],
    without fingers: [FingerPosition]
  ) -> [FingerStatus]? {
    guard !given.isEmpty || !fingers.isEmpty else { return nil }
    let replaced = Set(given.map(\.position) + fingers)
    return (before.filter { !replaced.contains($0.position) } + given)
      .sorted { $0.position.rawValue < $1.position.rawValue }
  }
}
