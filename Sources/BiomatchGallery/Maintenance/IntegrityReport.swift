import BiomatchCore

/// What a check of a whole gallery found.
public struct IntegrityReport: Sendable, Hashable, Codable {
  /// The most findings that are listed.
  public static let findingLimit = 1000

  /// One thing that is wrong.
  public struct Finding: Sendable, Hashable, Codable {
    /// What kind of thing.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
      /// SQLite finds a file damaged.
      case database
      /// A row refers to one that is not there.
      case relation
      /// A count is not that of what is counted.
      case count
      /// A subject's key is missing.
      case keyMissing = "key-missing"
      /// A key is not what was wrapped there.
      case keyUnreadable = "key-unreadable"
      /// A key belongs to nobody; it does no harm, and compacting removes it.
      case keyUnused = "key-unused"
      /// What is known of a subject does not open, or is no profile.
      case profile
      /// A sample does not open, or its record does not decode.
      case sample
    }

    /// What kind of thing.
    public var kind: Kind
    /// Whom it is about.
    public var subject: SubjectID?
    /// Which sample it is about.
    public var reference: ReferenceID?
    /// What was found, for people.
    public var text: String
  }

  /// The generation that was checked.
  public var generation: Int64
  /// How many subjects were checked.
  public var subjects: Int64 = 0
  /// How many impressions of fingers.
  public var fingers: Int64 = 0
  /// How many faces.
  public var faces: Int64 = 0
  /// What is wrong, at most ``findingLimit``.
  public var findings: [Finding] = []
  /// How many findings there are.
  public var findingCount = 0

  /// Whether all is as it was written.
  public var isIntact: Bool { findingCount == 0 }

  mutating func add(
    _ kind: Finding.Kind,
    _ subject: SubjectID? = nil,
    _ reference: ReferenceID? = nil,
    _ text: String
  ) {
    findingCount += 1
    guard findings.count < Self.findingLimit else { return }
    findings.append(Finding(kind: kind, subject: subject, reference: reference, text: text))
  }
}
