import BiomatchCore
import BiomatchFingerprint
import BiomatchTestSupport
import Foundation
import Synchronization
import Testing

@testable import BiomatchGallery

@Suite("Indexes that are missing, damaged or of something else")
struct IndexRepairTests {
  /// What happens to the saved indexes of a gallery that is closed.
  enum Accident: String, CaseIterable {
    case nothing, allDeleted, markDeleted, markDamaged, manifestDamaged, segmentDeleted
    case segmentTruncated, identifiersDamaged, rowsDamaged, foreign, olderWhole, olderRows
    case olderKey, leftovers
  }

  private let probes: [GalleryProbe]

  init() throws {
    probes = [try TestPeople.probe(30), try TestPeople.probe(90), try TestPeople.faceProbe(60)]
  }

  private func fill(_ gallery: Gallery, _ numbers: ClosedRange<Int>) async throws {
    try await gallery.fill(numbers.map { try TestPeople.person($0) })
  }

  private func answers(_ gallery: Gallery) async throws -> [[GalleryCandidate]] {
    try await gallery.identify(probes, IdentificationOptions(limit: 50)).map(\.candidates)
  }

  @Test(
    "They are made anew or brought up to date, and the answers stay",
    arguments: Accident.allCases
  )
  func accidents(_ accident: Accident) async throws {
    let test = try TestGallery()
    let manager = FileManager.default
    let (index, older) = (test.path + "/index", test.file("older"))
    let first = try await test.create()
    try await fill(first, 1...8)
    try await first.close()
    try manager.copyItem(atPath: index, toPath: older)
    var key = test.key
    let second = try await test.open()
    try await fill(second, 9...12)
    _ = try await second.erase(try SubjectID("subject-2"))
    if accident == .olderKey {
      key = try test.newKey("new.key")
      try await second.close()
      try manager.removeItem(atPath: older)
      try manager.copyItem(atPath: index, toPath: older)
      let rotating = try await test.open()
      try await rotating.rotateKey(to: key)
      try await rotating.close()
    }
    let expected = try await NaiveSearch(
      accident == .olderKey
        ? try await Gallery.open(at: test.path, key: key, access: .readOnly) : second
    )
    try await second.close()
    try await befall(accident, index, older, test)
    let steps = Mutex<[IndexingProgress]>([])
    let settings = GallerySearchSettings { step in steps.withLock { $0.append(step) } }
    let gallery = try await Gallery.open(
      at: test.path,
      key: key,
      options: GalleryOptions(search: settings)
    )
    for (probe, found) in zip(probes, try await answers(gallery)) {
      #expect(found == (try expected.find(probe)))
    }
    // The answers were not merely those of indexes that were never looked at.
    let isUntouched = steps.withLock { $0.isEmpty }
    #expect(isUntouched == [.nothing, .leftovers].contains(accident))
    try await fill(gallery, 13...14)
    let later = try await answers(gallery)
    try await gallery.close()
    let reopened = try await Gallery.open(at: test.path, key: key)
    #expect(try await answers(reopened) == later)
    #expect(reopened.indexes?.samplesRead == 0)
    #expect(try FileBytes.names(inDirectory: index) == ["faces-1", "fingers"])
  }

  private func befall(
    _ accident: Accident,
    _ index: String,
    _ older: String,
    _ test: TestGallery
  ) async throws {
    let manager = FileManager.default
    let fingers = index + "/fingers/"
    let segments = try FileBytes.names(inDirectory: fingers).filter { $0.hasPrefix("rows-") }
    let segment = fingers + (try #require(segments.first))
    switch accident {
    case .nothing: break
    case .allDeleted: try manager.removeItem(atPath: index)
    case .markDeleted: try manager.removeItem(atPath: fingers + "gallery.mark")
    case .markDamaged: try flip(fingers + "gallery.mark", at: 30)
    case .manifestDamaged: try flip(fingers + "manifest.json", at: 100)
    case .segmentDeleted: try manager.removeItem(atPath: segment)
    case .segmentTruncated:
      try FileBytes.write(Array(try FileBytes.read(segment).dropLast(100)), to: segment)
    case .identifiersDamaged, .rowsDamaged:
      // Somewhere in the first block of data, or in the last.
      let size = try FileBytes.read(segment).count
      try flip(segment, at: accident == .rowsDamaged ? size - 200 : 4200)
    case .foreign:
      let other = try TestGallery()
      let gallery = try await Gallery.create(at: other.path, sealing: .sealed(test.key))
      try await fill(gallery, 20...30)
      try await gallery.close()
      try manager.removeItem(atPath: index)
      try manager.copyItem(atPath: other.path + "/index", toPath: index)
    case .olderWhole, .olderKey:
      try manager.removeItem(atPath: index)
      try manager.copyItem(atPath: older, toPath: index)
    case .olderRows:
      for name in ["fingers", "faces-1"] {
        let mark = try FileBytes.read(index + "/\(name)/gallery.mark")
        try manager.removeItem(atPath: index + "/\(name)")
        try manager.copyItem(atPath: older + "/\(name)", toPath: index + "/\(name)")
        try FileBytes.write(mark, to: index + "/\(name)/gallery.mark")
      }
    case .leftovers:
      try FileBytes.write([1, 2, 3], to: index + "/faces-7")
      try FileBytes.createDirectory(index + "/strange")
    }
  }

  private func flip(_ path: String, at offset: Int) throws {
    var bytes = try FileBytes.read(path)
    bytes[offset] ^= 1
    try FileBytes.write(bytes, to: path)
  }

  @Test("What a process that was killed had not saved is added when the gallery is opened next")
  func killed() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    try await fill(gallery, 1...4)
    let copy = test.file("copy")
    try FileManager.default.copyItem(atPath: test.path, toPath: copy)
    let expected = try await answers(gallery)
    let opened = try await Gallery.open(at: copy, key: test.key)
    #expect(try await answers(opened) == expected)
    #expect(opened.indexes?.samplesRead == 12)
  }

  @Test("An index may be ahead of its mark, and one of another program's matcher is made anew")
  func ahead() async throws {
    let test = try TestGallery()
    let first = try await test.create()
    try await fill(first, 1...4)
    try await first.close()
    let mark = test.path + "/index/fingers/gallery.mark"
    let old = try FileBytes.read(mark)
    let second = try await test.open()
    try await fill(second, 5...6)
    try await second.update(
      try SubjectID("subject-1"),
      PersonChanges(removed: [try ReferenceID("1/2/1")])
    )
    let expected = try await answers(second)
    try await second.close()
    try FileBytes.write(old, to: mark)
    let third = try await test.open()
    #expect(try await answers(third) == expected)
    #expect(third.indexes?.samplesRead == 4)
    try await third.close()
    let settings = GallerySearchSettings(matcher: FingerprintMatcher(parameters: .anyRotation))
    let other = try await test.open(.readWrite, GalleryOptions(search: settings))
    #expect(other.indexes?.samplesRead == 11)
    #expect(try await answers(other).map(\.first?.subject) == expected.map(\.first?.subject))
  }

  @Test("Opening need not wait: people are enrolled while indexes are made, and searches find all")
  func background() async throws {
    let test = try TestGallery()
    let first = try await test.create(GalleryOptions(search: nil))
    try await fill(first, 1...30)
    try await first.close()
    let settings = GallerySearchSettings(openingWaits: false)
    let gallery = try await test.open(.readWrite, GalleryOptions(search: settings))
    try await fill(gallery, 31...60)
    _ = try await gallery.erase(try SubjectID("subject-3"))
    let naive = try await NaiveSearch(gallery)
    for (probe, found) in zip(probes, try await answers(gallery)) {
      #expect(found == Array(try naive.find(probe).prefix(50)))
    }
  }
}
