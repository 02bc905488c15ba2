import BiomatchCore

/// The model that made face vectors: only vectors of one model compare.
///
/// ```swift
/// let model = try FaceModel(name: "edgeface-xs", version: "1")
/// ```
public struct FaceModel: Sendable, Hashable {
  /// Its name, 1...64 printable ASCII characters without spaces.
  public let name: String
  /// Its version, likewise; `-` where it has none.
  public let version: String

  /// A model of that name and version.
  ///
  /// - Throws: ``FaceModelError`` for a text that is none.
  public init(name: String, version: String = "-") throws(FaceModelError) {
    guard Self.isLabel(name) else { throw .name(name) }
    guard Self.isLabel(version) else { throw .version(version) }
    self.name = name
    self.version = version
  }

  private static func isLabel(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
      && !text.utf8.contains(UInt8(ascii: "\"")) && !text.utf8.contains(UInt8(ascii: "\\"))
  }
}

extension FaceModel: CustomStringConvertible {
  /// Name and version, for people.
  public var description: String { version == "-" ? name : "\(name) \(version)" }
}

/// Why a text does not name a model.
public enum FaceModelError: BiomatchError, Hashable {
  /// Not a name.
  case name(String)
  /// Not a version.
  case version(String)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .name: "face.model.name"
    case .version: "face.model.version"
    }
  }

  /// Which of the two.
  public var location: ErrorLocation {
    switch self {
    case .name: ErrorLocation(field: "model name")
    case .version: ErrorLocation(field: "model version")
    }
  }

  /// The rule that was broken.
  public var rule: String {
    "it must have 1 to 64 printable ASCII characters without spaces, quotes and backslashes"
  }

  /// What the reader can do about it.
  public var remedy: String { "choose another, edgeface-xs for example" }

  /// The class of failure.
  public var category: ErrorCategory { .usage }
}
