import BiomatchCore
import BiomatchFace
import BiomatchTestSupport
import Foundation
import Testing

@testable import BiomatchGallery

@Suite("What the files of indexes give away")
struct SealedIndexTests {
  /// Bytes of a person that an index in clear has.
  private func traces(_ person: Person) throws -> [[UInt8]] {
    var traces = [Array(person.subject.string.utf8)]
    for sample in person.samples {
      traces.append(Array(sample.reference.string.utf8))
      guard case .face(let face) = sample else { continue }
      let vectors = try FaceVectors(dimension: face.vector.count, values: face.vector)
      let unit = UnitFaceVectors(vectors).values.prefix(16)
      traces.append(unit.flatMap { value in withUnsafeBytes(of: value.bitPattern) { Array($0) } })
    }
    return traces
  }

  private func person(_ number: Int) throws -> Person {
    var person = try TestPeople.person(number)
    person.subject = try SubjectID("subject-number-\(number)")
    person.samples = [
      try TestPeople.finger("finger-number-\(number)", seed: UInt64(number)),
      try TestPeople.face("face-number-\(number)", seed: UInt64(number)),
    ]
    return person
  }

  @Test(
    "Sealed ones hold neither vectors nor identifiers, those in clear hold all",
    arguments: [true, false]
  )
  func sealing(isSealed: Bool) async throws {
    let test = try TestGallery()
    let gallery = try await Gallery.create(
      at: test.path,
      sealing: isSealed ? .sealed(test.key) : .clear
    )
    try await gallery.fill((100...130).map { try person($0) })
    try await gallery.close()
    for number in [100, 117, 130] {
      for trace in try traces(person(number)) {
        #expect(try TestGallery.holds(test.path + "/index", trace) != isSealed)
      }
    }
  }

  @Test("After an erasure no file has anything of the subject", arguments: [true, false])
  func erasure(isSealed: Bool) async throws {
    let test = try TestGallery()
    let sealing: GallerySealing = isSealed ? .sealed(test.key) : .clear
    let key = isSealed ? test.key : nil
    let first = try await Gallery.create(at: test.path, sealing: sealing)
    try await first.fill((100...130).map { try person($0) })
    try await first.close()
    let gallery = try await Gallery.open(at: test.path, key: key)
    try await gallery.enrol(try person(131))
    // Saved, saved and in memory, in memory only.
    for number in [110, 130, 131] {
      let gone = try person(number)
      _ = try await gallery.erase(gone.subject)
      for trace in try traces(gone) { #expect(try !TestGallery.holds(test.path, trace)) }
    }
    let kept = try traces(person(120))
    #expect(try TestGallery.holds(test.path + "/index", kept[3]) != isSealed)
    try await gallery.close()
    let reopened = try await Gallery.open(at: test.path, key: key)
    #expect(reopened.indexes?.samplesRead == 0)
    let found = try await reopened.identify(
      try TestPeople.faceProbe(110),
      IdentificationOptions(limit: 100)
    )
    #expect(found.candidates.count == 29)
  }

  @Test("Indexes that cannot be purged go as a whole, also without search")
  func unpurgeable() async throws {
    let test = try TestGallery()
    let first = try await Gallery.create(at: test.path, sealing: .clear)
    try await first.fill((100...110).map { try person($0) })
    try await first.close()
    let gallery = try await Gallery.open(
      at: test.path,
      options: GalleryOptions(search: nil)
    )
    let gone = try person(105)
    _ = try await gallery.erase(gone.subject)
    for trace in try traces(gone) { #expect(try !TestGallery.holds(test.path, trace)) }
    try await gallery.close()
    let reopened = try await Gallery.open(at: test.path)
    let found = try await reopened.identify(try TestPeople.faceProbe(101))
    #expect(found.candidates.first?.reference.string == "face-number-101")
    #expect(found.candidates.count == 10)
  }

  @Test("After a rotation the new key opens the indexes, and nothing is read anew")
  func rotation() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    try await gallery.fill((1...9).map { try person($0) })
    try await gallery.close()
    let second = try await test.open()
    try await second.enrol(try person(10))
    let new = try test.newKey("new.key")
    try await second.rotateKey(to: new)
    try await second.enrol(try person(11))
    try await second.close()
    let third = try await Gallery.open(at: test.path, key: new)
    #expect(third.indexes?.samplesRead == 0)
    let found = try await third.identify(
      try TestPeople.faceProbe(4),
      IdentificationOptions(limit: 100)
    )
    #expect(found.candidates.count == 11)
  }

  @Test("An enrolment writes nothing to the indexes' files")
  func enrolment() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    try await gallery.fill((1...9).map { try person($0) })
    try await gallery.close()
    let reopened = try await test.open()
    let before = try contents(test.path + "/index")
    #expect(!before.isEmpty)
    try await reopened.enrol(try person(20))
    #expect(try contents(test.path + "/index") == before)
  }

  private func contents(_ path: String) throws -> [String: Data] {
    let manager = FileManager.default
    var contents: [String: Data] = [:]
    for name in try manager.subpathsOfDirectory(atPath: path) {
      contents[name] = manager.contents(atPath: path + "/" + name)
    }
    return contents
  }
}
