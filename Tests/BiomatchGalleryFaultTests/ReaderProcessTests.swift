import BiomatchCore
import Foundation
import GalleryFaults
import Testing

@testable import BiomatchGallery

@Suite("Reading while another process writes")
struct ReaderProcessTests {
  @Test(
    "A reader keeps its moment while another process writes, and then sees what was acknowledged"
  )
  func moments() async throws {
    let workplace = try Workplace()
    var endless = workplace.order(after: CourseState(), seed: FaultRounds.seed)
    // More than the process gets to do. Three people are enrolled in one call, and one of them changed.
    endless.script = (1...100).flatMap { call -> [CourseOperation] in
      [.enrol([3 * call, 3 * call + 1, 3 * call + 2]), .update(3 * call, version: 2)]
    }
    endless.allowance = workplace.file("allowance")
    endless.killFile = workplace.file("enough")
    let order = endless
    try Self.allow(2, order)
    async let end = FaultProcess.run(order)
    try await FaultProcess.wait(for: order) { !$0.state.people.isEmpty }
    let reader = try await Gallery.open(at: order.gallery, key: order.key(0), access: .readOnly)
    var last: Int64 = 0
    for turn in 1...5 {
      let search = try await reader.searchSnapshot()
      let probe = try FaultPeople.probe(3, version: 2)
      let options = IdentificationOptions(limit: 1000)
      let found = try await search.identify([probe], options)
      let acknowledged = try FaultProcess.report(of: order).state.people
      let (generation, people) = try await reader.read { snapshot in
        let state = try snapshot.state()
        let people = try Self.people(snapshot)
        // Somebody else writes, and it does not show.
        try Self.allow(2 + 6 * turn, order)
        while try FaultProcess.report(of: order).state.people.count < 9 * turn { usleep(10_000) }
        #expect(try snapshot.state() == state)
        #expect(try Self.people(snapshot) == people)
        #expect(state.subjects == Int64(people.count))
        #expect([state.fingers, state.faces] == [state.subjects, state.subjects])
        return (state.generation, people)
      }
      #expect(generation > last)
      last = generation
      // What was acknowledged before the moment is in it, whole calls, and nothing else.
      #expect(Set(people.keys).isSuperset(of: acknowledged.keys))
      #expect(people.keys.sorted() == Array(3..<3 + people.count))
      #expect(people.count.isMultiple(of: 3))
      for (number, version) in people where acknowledged[number] == 2 { #expect(version == 2) }
      // A search of the moment of before still answers the same.
      #expect(try await search.identify([probe], options) == found)
      let later = try await reader.identify(probe, options)
      #expect(later.generation >= last)
      #expect(later.candidates.count > found[0].candidates.count)
    }
    try await reader.close()
    try Data().write(to: URL(filePath: workplace.file("enough")))
    #expect(try await end.wasKilled)
    var check = GalleryCheck(
      order,
      try JournalReport(try workplace.takeJournal(), after: order.state)
    )
    _ = try await check.run()
  }

  /// Lets the other process do so many operations in all.
  private static func allow(_ count: Int, _ order: CourseOrder) throws {
    let file = try #require(order.allowance)
    try Data(repeating: 0, count: count).write(to: URL(filePath: file))
  }

  /// The version of everybody, each compared with what that version is.
  private static func people(_ snapshot: GallerySnapshot) throws -> [Int: Int] {
    var people: [Int: Int] = [:]
    for subject in try snapshot.subjects(limit: .max) {
      let number = try #require(Int(subject.string.dropFirst("subject-".count)))
      let person = try #require(try snapshot.person(subject))
      let versions = try [1, 2].filter { try FaultPeople.person(number, version: $0) == person }
      try #require(versions.count == 1, "\(subject) is as it never was")
      people[number] = versions[0]
    }
    return people
  }
}
