import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFace
import BiomatchFingerprint

/// Samples of one person, from files.
struct SampleOptions: ParsableArguments {
  @Option(
    name: .long,
    parsing: .upToNextOption,
    help: "Templates, POSITION=FILE (right-index=a.iso), or FILE for what the record says."
  )
  var finger: [String] = []

  @Option(
    name: .long,
    parsing: .upToNextOption,
    help: "Files of a face vector; FILE#ROW for one of several, counted from 0."
  )
  var face: [String] = []

  @OptionGroup var model: ModelOptions

  @Option(
    name: .long,
    parsing: .upToNextOption,
    help: "Fingers without sample, POSITION=missing, bandaged or amputated."
  )
  var missing: [String] = []

  var isEmpty: Bool { finger.isEmpty && face.isEmpty && missing.isEmpty }

  /// Adds what the options say to the fields of a person.
  func add(to fields: inout PersonFields) throws {
    fields.finger += try finger.map(Self.finger)
    fields.face += face.map { PersonFields.Face(path: $0) }
    for text in missing {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw UsageError.option(
          "--missing",
          rule: "'\(text)' does not say which finger and why",
          remedy: "give POSITION=missing, bandaged or amputated, right-thumb=amputated for example"
        )
      }
      fields.missing[parts[0]] = parts[1]
    }
  }

  /// What stands before an equals sign is a finger, or a part of a path.
  private static func finger(_ text: String) throws -> PersonFields.Finger {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, !parts[0].contains(where: { "/.".contains($0) }) else {
      return PersonFields.Finger(path: text)
    }
    guard FingerPosition(label: parts[0])?.isSingleFinger == true else {
      throw UsageError.option(
        "--finger",
        rule: "'\(parts[0])' is no finger",
        remedy: "give one of "
          + FingerPosition.allCases.filter(\.isSingleFinger).map(\.label).joined(separator: ", ")
          + "; a file of such a name as ./\(text)"
      )
    }
    return PersonFields.Finger(path: parts[1], position: parts[0])
  }
}

/// What made face vectors.
struct ModelOptions: ParsableArguments {
  @Option(name: .long, help: "The model that made the face vectors, edgeface-xs for example.")
  var model: String?

  @Option(name: .long, help: "The model's version.")
  var modelVersion = "-"

  /// The model; `nil` where none is named.
  func faceModel() throws -> FaceModel? {
    try model.map { try FaceModel(name: $0, version: modelVersion) }
  }
}
