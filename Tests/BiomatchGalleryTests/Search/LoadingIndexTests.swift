import BiomatchCore
import Dispatch
import Foundation
import Synchronization
import Testing

@testable import BiomatchGallery

@Suite("Changes while indexes are loaded", .serialized)
struct LoadingIndexTests {
  /// Holds a load where it has read samples and written none of them.
  private final class Gate: Sendable {
    private let isFirst = Mutex(true)
    private let arrival = DispatchSemaphore(value: 0)
    private let departure = DispatchSemaphore(value: 0)

    func pass() {
      let isFirst = isFirst.withLock { isFirst in
        defer { isFirst = false }
        return isFirst
      }
      guard isFirst else { return }
      arrival.signal()
      departure.wait()
    }

    func waitForLoad() async throws { try await blocking { [arrival] in arrival.wait() } }
    func open() { departure.signal() }
  }

  /// A gallery in clear, whose files show what they hold, of whose indexes nothing is saved.
  private func loading(_ test: TestGallery, _ gate: Gate) async throws -> Gallery {
    let first = try await Gallery.create(at: test.path, sealing: .clear)
    try await first.fill(try (100..<140).map { try TestPeople.person($0) })
    try await first.close()
    try FileManager.default.removeItem(atPath: test.path + "/index")
    var settings = GallerySearchSettings(openingWaits: false) { _ in gate.pass() }
    (settings.batchSize, settings.groupSize) = (8, 16)
    let gallery = try await Gallery.open(
      at: test.path,
      options: GalleryOptions(search: settings)
    )
    try await gate.waitForLoad()
    return gallery
  }

  @Test("What a load had read of somebody is not written any more once the indexes are cleared")
  func erasure() async throws {
    let (test, gate) = (try TestGallery(), Gate())
    let gallery = try await loading(test, gate)
    let indexes = try #require(gallery.indexes)
    let person = try TestPeople.person(100)
    _ = try await gallery.store.beginErasures(of: [person.subject])
    try await indexes.erase()
    gate.open()
    try await gallery.waitForIndexes()
    await indexes.close()
    let index = test.path + "/index"
    let others = try TestPeople.person(101).samples.map(\.reference)
    for reference in others { #expect(try TestGallery.holds(index, Array(reference.string.utf8))) }
    for reference in person.samples.map(\.reference) {
      #expect(try !TestGallery.holds(index, Array(reference.string.utf8)))
    }
    #expect(indexes.state.withLock { $0.set?.count(.face) } == 39)
    try await gallery.close()
  }

  @Test("A gallery that is closed during a load is closed, and opens with everything")
  func close() async throws {
    let (test, gate) = (try TestGallery(), Gate())
    let gallery = try await loading(test, gate)
    async let closed: Void = gallery.close()
    gate.open()
    try await closed
    await #expect(throws: GalleryError.storage(path: test.path, .closed)) {
      try await gallery.waitForIndexes()
    }
    let again = try await Gallery.open(at: test.path)
    #expect(try await again.searchSnapshot().fingers == again.state().fingers)
    try await again.close()
  }
}
