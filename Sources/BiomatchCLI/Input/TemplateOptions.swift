import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFingerprint

extension MinutiaeFormat: ExpressibleByArgument {}

/// What becomes of a template that breaks its format.
enum TemplateStrictness: EnumerableFlag {
  case strict, lenient

  static func help(for value: TemplateStrictness) -> ArgumentHelp? {
    switch value {
    case .strict: "Refuse what breaks the format instead of repairing it."
    case .lenient: "Repair what breaks the format where possible."
    }
  }
}

/// How template files are to be read.
struct TemplateOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "Format of the input; detected where it has a header, and by the ending .xyt."
  )
  var from: MinutiaeFormat?

  @Option(name: .long, help: "Image width in pixels, for formats without a header.")
  var width: Int?

  @Option(name: .long, help: "Image height in pixels, for formats without a header.")
  var height: Int?

  @Option(name: .long, help: "Pixels per centimetre, for formats without a header (197: 500 dpi).")
  var resolution: Int = 197

  @Option(
    name: .long,
    help: "Finger, for formats without a header: right-thumb ... left-little, unknown."
  )
  var position: String = FingerPosition.unknown.label

  @Flag var strictness = TemplateStrictness.lenient

  /// Reads and decodes the file at `path`, `-` for the standard input.
  func load(_ path: String) throws -> LoadedTemplate {
    LoadedTemplate(path: path, decoded: try decoder(of: path).decode(contentsOf: path))
  }

  /// Reads and decodes the file at `path`, and keeps its bytes.
  func record(_ path: String) throws -> (bytes: [UInt8], loaded: LoadedTemplate) {
    let bytes = try FileBytes.read(path, limit: 16 << 20)
    let decoded = try decoder(of: path).decode(bytes, file: path)
    return (bytes, LoadedTemplate(path: path, decoded: decoded))
  }

  /// How records that break their format are treated.
  var decodingStrictness: DecodingStrictness { strictness == .strict ? .strict : .lenient }

  private func decoder(of path: String) throws -> MinutiaeDecoder {
    MinutiaeDecoder(
      strictness: decodingStrictness,
      format: from ?? (path.lowercased().hasSuffix(".xyt") ? .xyt : nil),
      context: try context()
    )
  }

  /// Reads and decodes the two files of a comparison, and says what had to be repaired.
  func load(_ a: String, _ b: String) throws -> (LoadedTemplate, LoadedTemplate) {
    guard a != "-" || b != "-" else {
      throw UsageError.option(
        "-",
        rule: "both templates cannot come from the standard input",
        remedy: "give one of them as a file"
      )
    }
    let loaded = (try load(a), try load(b))
    loaded.0.warnOfRepairs()
    loaded.1.warnOfRepairs()
    return loaded
  }

  /// The finger that the user states, `unknown` unless told.
  func finger() throws -> FingerPosition {
    if let finger = FingerPosition(label: position) { return finger }
    throw UsageError.option(
      "--position",
      rule: "\"\(position)\" is no finger position",
      remedy: "give one of " + FingerPosition.allCases.map(\.label).joined(separator: ", ")
    )
  }

  /// What formats without a header do not say, as far as the user says it.
  func context() throws -> RecordContext? {
    let finger = try finger()
    guard let width, let height else {
      guard width == nil, height == nil else {
        throw UsageError.option(
          width == nil ? "--width" : "--height",
          rule: "the image size is given by half",
          remedy: "give both --width and --height"
        )
      }
      return nil
    }
    for (name, value) in [("--width", width), ("--height", height), ("--resolution", resolution)]
    where !(1...65_535).contains(value) {
      throw UsageError.option(
        name,
        rule: "\(value) is out of range",
        remedy: "give a number in 1...65535"
      )
    }
    return RecordContext(width: width, height: height, resolution: resolution, position: finger)
  }
}

/// A decoded template file.
struct LoadedTemplate {
  var path: String
  var decoded: DecodedRecord

  var views: [FingerView] { decoded.record.views }

  /// The view with that number, counted from one; says on the standard error that there are others.
  func view(_ number: Int?, option: String) throws -> FingerView {
    if number == nil, views.count > 1 {
      Warning(
        code: "template.views",
        location: ErrorLocation(file: path),
        text: "of \(views.count) views the first is taken; \(option) chooses another"
      ).say()
    }
    let index = (number ?? 1) - 1
    guard views.indices.contains(index) else {
      throw UsageError.option(
        option,
        rule: "\(path) has no view \(index + 1)",
        remedy: "give a number in 1...\(views.count)"
      )
    }
    return views[index]
  }

  /// What the matcher takes of one of the views.
  func template(of view: FingerView) throws -> FingerprintTemplate {
    do {
      return try FingerprintTemplate(view: view)
    } catch {
      throw UnmatchablePrint(path: path, underlying: error)
    }
  }

  /// Says on the standard error what had to be repaired.
  func warnOfRepairs() {
    for repair in decoded.repairs {
      Warning(code: repair.code, location: repair.location, text: repair.text).say()
    }
  }

  /// The last part of the path.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}
