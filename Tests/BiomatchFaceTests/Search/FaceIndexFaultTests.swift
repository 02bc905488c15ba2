import BiomatchCore
import BiomatchFace
import BiomatchTestSupport
import Testing

@Suite("Failures while a face index is saved")
struct FaceIndexFaultTests {
  @Test("a loss of power leaves the old index or the new one, and after saving the new one")
  func powerLoss() throws {
    let directory = try TemporaryDirectory()
    var random = SeededGenerator(seed: 51)
    let faces = try StoredFace.random(20, using: &random)
    let index = try FaceIndex.ofPool()
    try index.append(faces[..<17])
    try index.save(to: directory.file("index"))
    let old = Set(faces[..<17])
    let new = old.union(faces[17...]).subtracting([faces[3]])
    let disk = try ForgetfulDisk(directory: directory.path)
    // New rows, new marks and a new manifest.
    let events = try ForgetfulDisk.events {
      try index.append(faces[17...])
      try index.remove([faces[3].reference])
      try index.save()
    }
    var found: Set<Set<StoredFace>> = []
    var seen: Set<ForgetfulDisk.Files> = []
    try disk.forEachLoss(during: events) { step, files in
      guard seen.insert(files).inserted || step == events.count else { return }
      let content = try content(files)
      #expect(content == old || content == new)
      found.insert(content)
      if step == events.count { #expect(content == new) }
    }
    #expect(found == [old, new])

    /// Which of the faces are in the index that the files are, which must be whole.
    func content(_ files: ForgetfulDisk.Files) throws -> Set<StoredFace> {
      let copy = try TemporaryDirectory()
      try SavedFiles.write(files, to: copy.path)
      let index = try FaceIndex(opening: copy.file("index"))
      try index.verify()
      let missing = Set(try index.unknown(faces.map(\.reference)))
      let content = faces.filter { !missing.contains($0.reference) }
      let options = FaceSearchOptions(limit: 5)
      #expect(try index.candidates(options) == NaiveFaces(content).candidates(options))
      return Set(content)
    }
  }
}
