import BiomatchCore
import BiomatchFace
import BiomatchFingerprint
import Foundation

/// Checks people before anything is written, and seals them.
struct Preparation: Sendable {
  /// The first version of a subject.
  static let firstVersion: Int64 = 1

  let gallery: GalleryID
  let isSealed: Bool
  let strictness: DecodingStrictness

  /// Checks and seals a person.
  ///
  /// - Throws: ``GalleryError`` that tells what to mend; `CryptoError`.
  func prepare(_ person: Person) throws -> PreparedPerson {
    try checkSizes(person.subject, person.demographics, person.fingers)
    let (samples, repairs) = try check(person.samples, of: person.subject)
    let key = isSealed ? try SubjectKey.random() : nil
    var sealer = try RecordSealer(key, subject: person.subject, gallery: gallery)
    let profile = ProfileCoding.encode(person.demographics, person.fingers)
    let sealed = try sealer.seal(profile: profile, version: Self.firstVersion)
    var contents: [Data] = []
    for sample in samples {
      contents.append(try sealer.seal(sample: sample.sample, version: Self.firstVersion))
    }
    return PreparedPerson(
      subject: person.subject,
      category: person.category,
      lists: person.lists,
      key: key,
      profile: sealed,
      samples: samples,
      contents: contents,
      repairs: repairs
    )
  }

  /// Checks an update.
  func prepare(_ changes: PersonChanges, of subject: SubjectID) throws -> PreparedUpdate {
    try checkSizes(subject, changes.demographics ?? Demographics(), changes.fingers ?? [])
    let (samples, repairs) = try check(changes.added, of: subject)
    return PreparedUpdate(subject: subject, changes: changes, samples: samples, repairs: repairs)
  }

  // MARK: Samples

  private func check(
    _ samples: [Sample],
    of subject: SubjectID
  ) throws -> ([PreparedSample], [EnrolmentRepair]) {
    var references: Set<ReferenceID> = []
    var repairs: [EnrolmentRepair] = []
    let prepared = try samples.map { sample in
      guard references.insert(sample.reference).inserted else {
        throw GalleryError.referenceExists(sample.reference)
      }
      switch sample {
      case .finger(let finger): return try check(finger, of: subject, &repairs)
      case .face(let face): return try check(face, of: subject)
      }
    }
    return (prepared, repairs)
  }

  private func check(
    _ finger: FingerSample,
    of subject: SubjectID,
    _ repairs: inout [EnrolmentRepair]
  ) throws -> PreparedSample {
    try checkLimit(finger.record.count, Self.recordLimit, "record of \(finger.reference)", subject)
    try checkLimit(Int(finger.quality ?? 0), 100, "quality of \(finger.reference)", subject)
    let decoder = MinutiaeDecoder(
      strictness: strictness,
      format: finger.format,
      context: finger.context
    )
    let decoded = try reporting(finger.reference) { try decoder.decode(finger.record) }
    let views = decoded.record.views
    guard views.indices.contains(finger.view) else {
      throw GalleryError.view(finger.reference, view: finger.view, count: views.count)
    }
    var view = views[finger.view]
    view.position = finger.position ?? view.position
    guard view.position.isSingleFinger else { throw GalleryError.severalFingers(finger.reference) }
    let template = try reporting(finger.reference) { try FingerprintTemplate(view: view) }
    repairs += decoded.repairs.map {
      EnrolmentRepair(subject: subject, reference: finger.reference, repair: $0)
    }
    var sample = finger
    sample.format = decoded.format
    // Nobody has looked at what a record with a header has no use for.
    if decoded.format.hasHeader { sample.context = nil }
    sample.position = view.position
    sample.quality = finger.quality ?? view.quality.flatMap { $0 <= 100 ? $0 : nil }
    sample.impressionType = finger.impressionType ?? view.impressionType
    return PreparedSample(sample: .finger(sample), template: template)
  }

  private func check(_ face: FaceSample, of subject: SubjectID) throws -> PreparedSample {
    try checkLimit(face.original.count, Self.recordLimit, "record of \(face.reference)", subject)
    try checkLimit(Int(face.quality ?? 0), 100, "quality of \(face.reference)", subject)
    _ = try reporting(face.reference) {
      try FaceVectors(dimension: face.vector.count, values: face.vector)
    }
    return PreparedSample(sample: .face(face), template: nil)
  }

  /// Errors of a sample's bytes, with the sample's reference.
  private func reporting<Result>(
    _ reference: ReferenceID,
    _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as any BiomatchError {
      throw GalleryError.sample(reference, ErrorReport(error))
    }
  }

  // MARK: Sizes

  private static let recordLimit = 16 << 20
  private static let textLimit = 4096
  private static let entryLimit = 1000

  private func checkSizes(
    _ subject: SubjectID,
    _ demographics: Demographics,
    _ fingers: [FingerStatus]
  ) throws {
    for name in demographics.names {
      try checkLimit(name.primary.utf8.count, Self.textLimit, "name", subject)
      try checkLimit(name.secondary.utf8.count, Self.textLimit, "name", subject)
    }
    for document in demographics.documents {
      try checkLimit(document.type.utf8.count, Self.textLimit, "document type", subject)
      try checkLimit(document.number.utf8.count, Self.textLimit, "document number", subject)
    }
    try checkLimit(demographics.names.count, Self.entryLimit, "names", subject)
    try checkLimit(demographics.nationalities.count, Self.entryLimit, "nationalities", subject)
    try checkLimit(demographics.documents.count, Self.entryLimit, "documents", subject)
    try checkLimit(fingers.count, Self.entryLimit, "conditions of fingers", subject)
  }

  private func checkLimit(_ count: Int, _ limit: Int, _ field: String, _ subject: SubjectID) throws
  {
    guard count <= limit else {
      throw GalleryError.tooLarge(subject, field: field, limit: limit)
    }
  }
}
