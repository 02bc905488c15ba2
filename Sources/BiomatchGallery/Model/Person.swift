import BiomatchCore

/// A person of a gallery with everything that it holds of them.
///
/// ```swift
/// let person = Person(
///   subject: try SubjectID("case-2031/7"),
///   demographics: Demographics(birthDate: try PartialDate("1984-00-00")),
///   samples: [.finger(FingerSample(reference: try ReferenceID("2031/7/2"), record: bytes))]
/// )
/// try await gallery.enrol(person)
/// ```
public struct Person: Sendable, Hashable {
  /// The pseudonym under which the gallery has the person; stays in clear.
  public var subject: SubjectID
  /// The category that rules of retention go by, `visa` for example; stays in clear.
  public var category: Label?
  /// The lists that the person is on; stay in clear.
  public var lists: Set<Label>
  /// Names, birth, documents.
  public var demographics: Demographics
  /// The fingers that gave no sample, and why.
  public var fingers: [FingerStatus]
  /// The samples.
  public var samples: [Sample]

  /// A person of those parts.
  public init(
    subject: SubjectID,
    category: Label? = nil,
    lists: Set<Label> = [],
    demographics: Demographics = Demographics(),
    fingers: [FingerStatus] = [],
    samples: [Sample] = []
  ) {
    self.subject = subject
    self.category = category
    self.lists = lists
    self.demographics = demographics
    self.fingers = fingers
    self.samples = samples
  }
}
