import BiomatchCore
import BiomatchTestSupport
import Foundation
import Testing

@testable import BiomatchGallery

@Suite("Erasures that another program began")
struct EarlierErasureTests {
  private func scratch() async throws -> GalleryScratch {
    let scratch = try GalleryScratch()
    for subject in ["P1", "P2", "P3"] {
      try #require(scratch.keyed("enrol g --subject \(subject)").status == 0)
    }
    // What a program leaves that is killed while it erases.
    let path = scratch.directory.file("g")
    let key = KeySource.file(scratch.directory.file("k"))
    let gallery = try await Gallery.open(
      at: path,
      key: key,
      options: GalleryOptions(search: nil)
    )
    _ = try await gallery.store.beginErasures(of: [try SubjectID("P1"), try SubjectID("P2")])
    try await gallery.close()
    return scratch
  }

  @Test("any command that writes tells their receipts, once", arguments: ["", " --format json"])
  func told(format: String) async throws {
    let scratch = try await scratch()
    let run = try scratch.keyed("enrol g --subject P4\(format)")
    #expect(run.status == 0, "\(run.transcript)")
    let lines = run.errors.split(separator: "\n").map(String.init)
    try #require(lines.count == 4, "\(run.transcript)")
    #expect(lines[0].contains("gallery.erasure-finished") && lines[0].contains("P1"))
    for (line, subject) in [(lines[1], "P1"), (lines[3], "P2")] {
      #expect(line.contains(#""subject":"\#(subject)""#))
      try scratch.write("r.json", [line])
      let checked = try scratch.run("gallery check-receipt r.json --gallery g --key-file k")
      #expect(checked.status == 0, "\(checked.transcript)")
    }
    #expect(try scratch.keyed("enrol g --subject P5").errors.isEmpty)
  }

  @Test("delete gives the receipt of its person, and tells those of others")
  func given() async throws {
    let scratch = try await scratch()
    let run = try scratch.keyed("delete g --subject P2")
    #expect(run.status == 0 && run.output.contains(#""subject" : "P2""#), "\(run.transcript)")
    #expect(run.errors.contains(#""subject":"P1""#) && !run.errors.contains("P2"))
    let again = try scratch.keyed("delete g --subject P2")
    #expect(again.errors.contains("gallery.subject-unknown"), "\(again.transcript)")
    #expect(try scratch.info("subjects") == "1")
  }
}
