import BiomatchCore
import BiomatchFingerprint

/// What an enrolment or an update did; when it is returned, all of it survives a loss of power.
public struct Enrolment: Sendable, Hashable {
  /// The generation that has the change.
  public var generation: Int64
  /// What was repaired in records, in lenient mode.
  public var repairs: [EnrolmentRepair]
}

/// A repair of one sample's record.
public struct EnrolmentRepair: Sendable, Hashable, Codable {
  /// Whose sample.
  public var subject: SubjectID
  /// Which sample.
  public var reference: ReferenceID
  /// What was repaired.
  public var repair: RecordRepair
}

/// What a bulk enrolment did.
public struct BulkEnrolment: Sendable, Hashable {
  /// How many people are enrolled.
  public var enrolled = 0
  /// How many samples they have.
  public var samples = 0
  /// The generation of the last of them.
  public var generation: Int64 = 0
  /// Who is not enrolled, in the order in which they came.
  public var rejections: [EnrolmentRejection] = []
  /// What was repaired in records, in lenient mode.
  public var repairs: [EnrolmentRepair] = []
}

/// A person whom a bulk enrolment did not enrol.
public struct EnrolmentRejection: Sendable, Hashable, Codable {
  /// The place among the people, counted from zero.
  public var index: Int
  /// Who it is.
  public var subject: SubjectID
  /// Why.
  public var error: ErrorReport
}
