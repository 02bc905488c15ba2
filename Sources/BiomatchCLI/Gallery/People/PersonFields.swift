/// A person as texts, from options, a row of CSV or a line of NDJSON, with the same names everywhere.
struct PersonFields: Sendable {
  /// A file with impressions of a finger.
  struct Finger: Sendable {
    var path: String
    var position: String?
    var reference: String?
  }

  /// A file, or a row of a file, with a face.
  struct Face: Sendable {
    var path: String
    var model: String?
    var modelVersion: String?
    var reference: String?
  }

  var subject = ""
  var category: String?
  var list: [String] = []
  var name: [String] = []
  var born: String?
  var sex: String?
  var nationality: [String] = []
  var document: [String] = []
  /// Why there is no sample of a finger, by its position.
  var missing: [String: String] = [:]
  var finger: [Finger] = []
  var face: [Face] = []
}

extension PersonFields: Decodable {
  private enum Member: String, CaseIterable {
    case subject, category, list, name, born, sex, nationality, document, missing, finger, face
  }

  /// Decodes from an object that has no other members: a misspelt one would be a sample less.
  init(from decoder: any Decoder) throws {
    let members = try StrictMembers(decoder, Member.allCases.map(\.rawValue))
    subject = try members.required(Member.subject.rawValue)
    category = try members.optional(Member.category.rawValue)
    list = try members.optional(Member.list.rawValue) ?? []
    name = try members.optional(Member.name.rawValue) ?? []
    born = try members.optional(Member.born.rawValue)
    sex = try members.optional(Member.sex.rawValue)
    nationality = try members.optional(Member.nationality.rawValue) ?? []
    document = try members.optional(Member.document.rawValue) ?? []
    missing = try members.optional(Member.missing.rawValue) ?? [:]
    finger = try members.optional(Member.finger.rawValue) ?? []
    face = try members.optional(Member.face.rawValue) ?? []
  }
}

extension PersonFields.Finger: Decodable {
  init(from decoder: any Decoder) throws {
    let members = try StrictMembers(decoder, ["path", "position", "reference"])
    path = try members.required("path")
    position = try members.optional("position")
    reference = try members.optional("reference")
  }
}

extension PersonFields.Face: Decodable {
  init(from decoder: any Decoder) throws {
    let members = try StrictMembers(decoder, ["path", "model", "modelVersion", "reference"])
    path = try members.required("path")
    model = try members.optional("model")
    modelVersion = try members.optional("modelVersion")
    reference = try members.optional("reference")
  }
}

/// The members of a JSON object that has no others than it may have.
private struct StrictMembers {
  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private let container: KeyedDecodingContainer<Name>

  init(_ decoder: any Decoder, _ names: [String]) throws {
    container = try decoder.container(keyedBy: Name.self)
    for key in container.allKeys where !names.contains(key.stringValue) {
      throw DecodingError.dataCorruptedError(
        forKey: key,
        in: container,
        debugDescription: "no such member; there are " + names.joined(separator: ", ")
      )
    }
  }

  func required<Value: Decodable>(_ name: String) throws -> Value {
    try container.decode(Value.self, forKey: Name(stringValue: name))
  }

  func optional<Value: Decodable>(_ name: String) throws -> Value? {
    try container.decodeIfPresent(Value.self, forKey: Name(stringValue: name))
  }
}
