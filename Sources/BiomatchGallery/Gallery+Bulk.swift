import BiomatchCore

extension Gallery {
  /// Enrols many people, a thousand in a transaction, checked and sealed on all processors.
  ///
  /// A person who cannot be enrolled does not keep others from it, and is told in the answer.
  ///
  /// - Parameters:
  ///   - people: in the order in which they get their numbers.
  ///   - maximumRejections: how many may be refused before the call ends with
  ///     ``GalleryError/tooManyRejections(enrolled:first:)``; who was enrolled by then stays.
  /// - Throws: ``GalleryError``, and what `people` throws; complete groups of before stay.
  public func enrol<People: AsyncSequence>(
    contentsOf people: People,
    maximumRejections: Int = 1000
  ) async throws -> BulkEnrolment where People.Element == Person {
    try await bulk(maximumRejections) { run in
      for try await person in people { try await run.add(person) }
    }
  }

  /// Enrols many people; see the other function of this name.
  public func enrol(
    contentsOf people: some Sequence<Person>,
    maximumRejections: Int = 1000
  ) async throws -> BulkEnrolment {
    try await bulk(maximumRejections) { run in
      for person in people { try await run.add(person) }
    }
  }

  private func bulk(
    _ maximumRejections: Int,
    _ addAll: (inout BulkRun) async throws -> Void
  ) async throws -> BulkEnrolment {
    try requireWriter()
    var run = BulkRun(gallery: self, maximumRejections: maximumRejections)
    do {
      try await addAll(&run)
      return try await run.finish()
    } catch {
      // Nothing is written any more after the caller was told.
      await run.rest()
      throw error
    }
  }
}

/// A bulk enrolment that goes on: while one group is written, the next one is prepared.
private struct BulkRun {
  private typealias Outcome = [Result<Int64, any Error>]
  private enum Attempt: Sendable {
    case prepared(PreparedPerson)
    case refused(any Error)
  }

  let gallery: Gallery
  let maximumRejections: Int
  private var report = BulkEnrolment()
  private var group: [Person] = []
  private var first = 0
  private var attempts: [Attempt] = []
  private var subjects: [SubjectID] = []
  private var inFlight: Task<Outcome, Never>?

  init(gallery: Gallery, maximumRejections: Int) {
    self.gallery = gallery
    self.maximumRejections = maximumRejections
  }

  mutating func add(_ person: Person) async throws {
    group.append(person)
    if group.count == Committer.groupSize { try await write() }
  }

  mutating func finish() async throws -> BulkEnrolment {
    if !group.isEmpty { try await write() }
    try await settle()
    return report
  }

  /// Returns when nothing is being written.
  mutating func rest() async {
    _ = await inFlight?.value
    inFlight = nil
  }

  private mutating func write() async throws {
    let people = group
    group.removeAll(keepingCapacity: true)
    let preparation = gallery.preparation
    let attempts: [Attempt] = try await inParallel(people) { piece in
      piece.map { person in
        do { return .prepared(try preparation.prepare(person)) } catch { return .refused(error) }
      }
    }
    try await settle()
    try Task.checkCancellation()
    self.attempts = attempts
    subjects = people.map(\.subject)
    let changes = attempts.compactMap { attempt -> PreparedChange? in
      guard case .prepared(let person) = attempt else { return nil }
      return .enrol(person)
    }
    inFlight = Task { [committer = gallery.committer] in await committer.submit(changes) }
  }

  /// Waits for the group that is being written, and reports it.
  private mutating func settle() async throws {
    guard let outcome = await inFlight?.value else { return }
    inFlight = nil
    var results = outcome[...]
    for (index, attempt) in attempts.enumerated() {
      switch attempt {
      case .refused(let error): try reject(index, error)
      case .prepared(let person):
        switch results.removeFirst() {
        case .failure(let error): try reject(index, error)
        case .success(let generation):
          report.enrolled += 1
          report.samples += person.samples.count
          report.generation = generation
          report.repairs += person.repairs
        }
      }
    }
    first += attempts.count
    if report.rejections.count > maximumRejections {
      throw GalleryError.tooManyRejections(
        enrolled: report.enrolled,
        first: report.rejections[0]
      )
    }
  }

  /// Notes a person who is refused; what is no fault of a person ends everything.
  private mutating func reject(_ index: Int, _ error: any Error) throws {
    guard let error = error as? GalleryError, !error.isOfStorage else { throw error }
    report.rejections.append(
      EnrolmentRejection(
        index: first + index,
        subject: subjects[index],
        error: ErrorReport(error)
      )
    )
  }
}

extension GalleryError {
  /// Whether the gallery failed, not what it was given.
  var isOfStorage: Bool {
    switch self {
    case .storage, .readOnly: true
    default: false
    }
  }
}
