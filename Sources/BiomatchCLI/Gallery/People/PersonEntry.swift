import Biomatch
import BiomatchCore
import BiomatchFace
import BiomatchFingerprint
import BiomatchGallery

/// A person whose samples are still in files.
struct PersonEntry: Sendable {
  /// A file with impressions of a finger, each view one.
  struct FingerFile: Sendable {
    var path: String
    /// Which finger; `nil` for what the record says.
    var position: FingerPosition?
    var reference: ReferenceID?
    /// Where the file is named.
    var place: ErrorLocation
  }

  /// A face vector of a file.
  struct FaceFile: Sendable {
    var vector: NamedVector
    var model: FaceModel
    var reference: ReferenceID?
    /// Where the file is named.
    var place: ErrorLocation
  }

  /// Everything but the samples.
  var person: Person
  var fingers: [FingerFile] = []
  var faces: [FaceFile] = []
}

extension PersonEntry {
  /// The person that the fields describe.
  ///
  /// - Parameters:
  ///   - list: the list that relative paths go from.
  ///   - model: what made face vectors where a field does not say it.
  ///   - place: where a field is, for errors.
  init(
    _ fields: PersonFields,
    beside list: String = "",
    model: FaceModel? = nil,
    place: (String) -> ErrorLocation
  ) throws {
    func parse<R>(_ field: String, _ body: () throws -> R) throws -> R {
      do { return try body() } catch let error as any BiomatchError {
        throw PlacedError(underlying: error, location: place(field))
      }
    }
    let subject = try parse("subject") { try SubjectID(fields.subject) }
    let demographics = Demographics(
      names: try parse("name") { try fields.name.map(PersonText.name) },
      birthDate: try parse("born") { try fields.born.map { try PartialDate($0) } ?? .unknown },
      sex: try parse("sex") { try fields.sex.map(PersonText.sex) },
      nationalities: try parse("nationality") {
        try fields.nationality.map { try CountryCode($0) }
      },
      documents: try parse("document") { try fields.document.map(PersonText.document) }
    )
    person = Person(
      subject: subject,
      category: try parse("category") { try fields.category.map { try Label($0) } },
      lists: try parse("list") { Set(try fields.list.map { try Label($0) }) },
      demographics: demographics,
      fingers: try fields.missing.map { position, condition in
        try parse(position) {
          FingerStatus(
            position: try PersonText.position(position),
            condition: try PersonText.condition(condition)
          )
        }
      }.sorted { $0.position.rawValue < $1.position.rawValue }
    )
    fingers = try fields.finger.map { finger in
      try parse(finger.position ?? "finger") {
        FingerFile(
          path: ListedPath.resolve(finger.path, beside: list),
          position: try finger.position.map(PersonText.position),
          reference: try finger.reference.map { try ReferenceID($0) },
          place: place(finger.position ?? "finger")
        )
      }
    }
    faces = try fields.face.map { face in
      try parse("face") {
        let named = try face.model.map {
          try FaceModel(name: $0, version: face.modelVersion ?? "-")
        }
        guard let model = named ?? model else { throw FaceWithoutModel() }
        return FaceFile(
          vector: NamedVector(ListedPath.resolve(face.path, beside: list)),
          model: model,
          reference: try face.reference.map { try ReferenceID($0) },
          place: place("face")
        )
      }
    }
  }
}

/// An error with a place that whoever threw it does not know.
struct PlacedError: BiomatchError {
  let underlying: any BiomatchError
  let location: ErrorLocation

  var code: String { underlying.code }
  var rule: String { underlying.rule }
  var remedy: String { underlying.remedy }
  var category: ErrorCategory { underlying.category }
}

/// A face vector of which nobody says what made it.
private struct FaceWithoutModel: BiomatchError {
  var code: String { "person.face-model" }
  var location: ErrorLocation { ErrorLocation(field: "face") }
  var rule: String { "a face vector needs the name of the model that made it" }
  var remedy: String { "name it, --model edgeface-xs for example" }
  var category: ErrorCategory { .usage }
}
