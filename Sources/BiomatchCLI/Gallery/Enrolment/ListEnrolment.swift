import Biomatch
import BiomatchCore
import BiomatchGallery
import Foundation

/// Enrols the people of a list, a thousand at a time.
///
/// Each thousand is durable before the state says so; the state says so before the next thousand begins.
/// So whatever ends the process, at most one thousand were enrolled and not noted, and who is in the
/// gallery already, all the same, is recognised when the enrolment goes on.
struct ListEnrolment {
  let gallery: Gallery
  let list: any PeopleList
  /// The list's path, as the user gave it.
  let path: String
  let reader: PersonReader
  /// Where the state is kept; nowhere for a list that cannot be read twice.
  let statePath: String?
  let rejectionPath: String?
  let isResumed: Bool
  let threads: Int?

  private static let group = 1000

  func run() async throws -> EnrolmentTotals {
    var state = EnrolmentState(gallery: gallery.id)
    let progress = ProgressBar("enrolling", total: StandardError.isTerminal ? lineCount() : 1)
    defer { progress.finish() }
    let before = try statePath.flatMap { try EnrolmentState.read($0) }
    if let before, let statePath {
      guard isResumed else { throw EnrolmentStateError.begun(path: statePath) }
      guard before.gallery == gallery.id else {
        throw EnrolmentStateError.otherGallery(path: statePath)
      }
      try skip(to: before, &state, statePath)
      progress.advance(by: before.rows)
      state.totals = before.totals
    }
    let rejections = try rejectionPath.map {
      try RejectionFile($0, continuingAt: before?.rejectionBytes)
    }
    var report = RejectionReport(file: rejections)
    state.rejectionBytes = rejections?.byteCount ?? 0
    if let statePath { try state.write(statePath) }
    var failure: (any Error)?
    while failure == nil {
      let listed = next(&failure)
      if listed.isEmpty { break }
      try await enrol(listed, &state.totals, &report)
      try state.add(listed)
      state.rejectionBytes = rejections?.byteCount ?? 0
      if let statePath { try state.write(statePath) }
      progress.advance(by: listed.count)
    }
    report.finish()
    // What was read before the list could not be read any more is enrolled, and noted.
    if let failure { throw failure }
    if let statePath { try FileNames.remove(statePath) }
    return state.totals
  }

  /// Passes over the rows that are dealt with.
  private func skip(
    to before: EnrolmentState,
    _ state: inout EnrolmentState,
    _ statePath: String
  ) throws {
    while state.rows < before.rows, let person = try list.next() { try state.add([person]) }
    guard state.isAtSameRow(as: before) else {
      throw EnrolmentStateError.otherList(path: statePath, list: path, rows: before.rows)
    }
  }

  private func next(_ failure: inout (any Error)?) -> [ListedPerson] {
    var listed: [ListedPerson] = []
    do {
      while listed.count < Self.group, let person = try list.next() { listed.append(person) }
    } catch {
      failure = error
    }
    return listed
  }

  private func enrol(
    _ listed: [ListedPerson],
    _ totals: inout EnrolmentTotals,
    _ report: inout RejectionReport
  ) async throws {
    let reader = reader
    let read = try ParallelWork.map(listed.count, threads: threads, chunk: 16) { range in
      range.map { number -> Result<Person, RowRejection> in
        listed[number].entry.flatMap { entry in
          do { return .success(try reader.person(entry)) } catch {
            return .failure(
              RowRejection(
                place: (error as? SampleFileError)?.place ?? listed[number].place,
                subject: listed[number].subject,
                ErrorReport(any: error)
              )
            )
          }
        }
      }
    }
    var rejected: [(row: Int, rejection: RowRejection)] = []
    var people: [(row: Int, person: Person)] = []
    for (row, result) in read.enumerated() {
      switch result {
      case .success(let person): people.append((row, person))
      case .failure(let rejection): rejected.append((row, rejection))
      }
    }
    let bulk = try await gallery.enrol(
      contentsOf: people.map(\.person),
      maximumRejections: .max
    )
    totals.enrolled += bulk.enrolled
    totals.samples += bulk.samples
    for refusal in bulk.rejections {
      let (row, person) = people[refusal.index]
      if isResumed, try await isPresent(person, refusal.error) {
        totals.present += 1
        continue
      }
      rejected.append(
        (
          row,
          RowRejection(
            place: listed[row].place,
            subject: listed[row].subject,
            refusal.error
          )
        )
      )
    }
    totals.rejected += rejected.count
    try report.add(rejected.sorted { $0.row < $1.row }.map(\.rejection))
  }

  /// Whether the gallery has the person, all the same.
  private func isPresent(_ person: Person, _ error: ErrorReport) async throws -> Bool {
    guard error.code == GalleryError.subjectExists(person.subject).code else { return false }
    return try await gallery.person(person.subject)?.isSame(as: person) == true
  }

  /// About how many rows the list has, for the progress bar.
  private func lineCount() -> Int {
    guard path != "-", var lines = try? TextLines(path, limit: 1 << 20) else { return 1 }
    var count = 0
    while (try? lines.next()) != nil { count += 1 }
    return count
  }
}

extension Person {
  /// Whether the person of a gallery is the one that was to be enrolled.
  fileprivate func isSame(as other: Person) -> Bool {
    guard category == other.category, lists == other.lists, demographics == other.demographics,
      Set(fingers) == Set(other.fingers), samples.count == other.samples.count
    else { return false }
    let own = Dictionary(samples.map { ($0.reference, $0) }) { first, _ in first }
    return other.samples.allSatisfy { sample in
      switch (own[sample.reference], sample) {
      case (.finger(let stored), .finger(let given)):
        stored.record == given.record && stored.view == given.view
          && (given.position == nil || stored.position == given.position)
      case (.face(let stored), .face(let given)):
        stored.model == given.model && stored.vector == given.vector
      default: false
      }
    }
  }
}

/// Says which rows were rejected: in a file, or the first of them on the standard error.
private struct RejectionReport {
  private static let shown = 20

  let file: RejectionFile?
  private var count = 0

  init(file: RejectionFile?) { self.file = file }

  mutating func add(_ rejections: [RowRejection]) throws {
    if let file { return try file.append(rejections) }
    for rejection in rejections {
      count += 1
      if count <= Self.shown { FailureReport.say(ShownRejection(rejection: rejection)) }
    }
  }

  func finish() {
    guard count > Self.shown else { return }
    Warning(
      code: "enrol.more-rejections",
      location: ErrorLocation(),
      text: "\(count - Self.shown) more rows were rejected; --rejects FILE lists them all"
    ).say()
  }
}

/// A rejected row as an error.
private struct ShownRejection: BiomatchError {
  let rejection: RowRejection

  var code: String { rejection.report.code }
  var location: ErrorLocation {
    var location = rejection.place
    location.field = rejection.subject.isEmpty ? nil : "subject \(rejection.subject)"
    return location
  }
  var rule: String { String(rejection.message.dropLast(remedy.count + 2)) }
  var remedy: String { rejection.report.remedy }
  var category: ErrorCategory { .badData }
}
