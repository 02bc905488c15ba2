import ArgumentParser

/// What is known of one person besides samples.
struct DemographicOptions: ParsableArguments {
  @Option(name: .long, help: "A name, 'ERIKSSON, ANNA MARIA'; may be repeated.")
  var name: [String] = []

  @Option(
    name: [.long, .customLong("birth")],
    help: "The date of birth, with zeros for what is unknown: 1984-00-00."
  )
  var born: String?

  @Option(name: .long, help: "F, M or X.")
  var sex: String?

  @Option(name: .long, help: "A nationality, UTO for example; may be repeated.")
  var nationality: [String] = []

  @Option(
    name: .long,
    help: "A document, TYPE:NUMBER:ISSUER:EXPIRY (P:L898902C3:UTO:2030-04-15); may be repeated."
  )
  var document: [String] = []

  var isEmpty: Bool {
    name.isEmpty && born == nil && sex == nil && nationality.isEmpty && document.isEmpty
  }

  func add(to fields: inout PersonFields) {
    fields.name = name
    fields.born = born
    fields.sex = sex
    fields.nationality = nationality
    fields.document = document
  }
}
