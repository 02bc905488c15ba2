import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchLinkage

extension MRZFormat: ExpressibleByArgument {}

struct MRZBuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Write a machine-readable zone, with its check digits.",
    discussion: """
      Names may be in Latin, Cyrillic, Arabic or Greek script. A name that is too \
      long is shortened; the last character of its field is then a letter.

      Examples:

        biomatch mrz build --type td3 --issuer UTO --number L898902C3 \\
          --primary Eriksson --secondary "Anna Maria" --birth 1974-08-12 --sex F \\
          --expiry 2012-04-15
        biomatch mrz build --type td1 --issuer UKR --number 123456789 \\
          --primary Ющенко --secondary Юлія --cyrillic ukrainian --birth 1980-00-00 \\
          --expiry 2030-01-31
      """
  )

  @Option(name: .long, help: "The format of the zone.")
  var type: MRZFormat

  @Option(name: .long, help: "Document code; P, I or V after the format unless told.")
  var code: String?

  @Option(name: .long, help: "Issuing State or organization, UTO for example, or D.")
  var issuer: String

  @Option(name: .long, help: "The holder's nationality; the issuing State unless told.")
  var nationality: String?

  @Option(name: .long, help: "Primary identifier: most often the surname.")
  var primary: String

  @Option(name: .long, help: "Secondary identifier: given names.")
  var secondary = ""

  @Option(name: .long, help: "Document number; what is no letter or digit becomes a filler.")
  var number: String

  @Option(name: .long, help: "Date of birth, with zeros for what is unknown: 1984-05-00.")
  var birth: String

  @Option(name: .long, help: "F, M or X.")
  var sex = "X"

  @Option(name: .long, help: "Date of expiry, YYYY-MM-DD.")
  var expiry: String

  @Option(name: .long, help: "Optional data; of td1 those of the first line.")
  var optional = ""

  @Option(name: .customLong("optional-2"), help: "Optional data of the second line of td1.")
  var secondOptional = ""

  @Option(
    name: .long,
    help: "Cut the parts of a primary identifier that leaves no room to so many letters."
  )
  var cut: Int?

  @OptionGroup var name: NameOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let cut, cut < 1 { throw ValidationError("--cut must be at least 1, found \(cut)") }
    guard Sex(rawValue: sex.uppercased()) != nil else {
      throw ValidationError("--sex must be F, M or X, found '\(sex)'")
    }
  }

  func run() throws {
    let mrz = MRZ(
      format: type,
      documentCode: code ?? defaultCode,
      issuer: try CountryCode(issuer),
      name: try name.name(primary: primary, secondary: secondary),
      documentNumber: Self.filled(number),
      nationality: try CountryCode(nationality ?? issuer),
      birthDate: MRZDate(try PartialDate(birth)),
      sex: Sex(rawValue: sex.uppercased()) ?? .unspecified,
      expiryDate: MRZDate(try PartialDate(expiry)),
      optionalData: Self.filled(optional),
      secondOptionalData: Self.filled(secondOptional)
    )
    let lines = try mrz.lines(truncation: cut.map(NameTruncation.fixedLength) ?? .initials)
    let row = Row([
      "type": .text(type.rawValue), "line1": .text(lines[0]), "line2": .text(lines[1]),
      "line3": .optional(lines.count > 2 ? lines[2] : nil),
    ])
    try row.print(output.format, text: lines.joined(separator: "\n"))
  }

  private var defaultCode: String {
    switch type {
    case .td1, .td2: "I"
    case .td3: "P"
    case .mrvA, .mrvB: "V"
    }
  }

  /// Special characters of numbers are fillers in a zone (ICAO Doc 9303 part 4, 4.2.2.2).
  private static func filled(_ text: String) -> String {
    text.map { $0.isLetter || $0.isNumber ? $0.uppercased() : "<" }.joined()
  }
}
