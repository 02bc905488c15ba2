import BiomatchTestSupport
import Foundation
import Metrics
import MetricsTestKit
import Testing

@testable import BiomatchGallery

@Suite("What a gallery tells of itself")
struct MetricsTests {
  @Test("Counters and timers tell what was done, how long it took, and what indexes cost")
  func metrics() async throws {
    let test = try TestGallery()
    let metrics = TestMetrics()
    try await withMetricsFactory(metrics) {
      var gallery = try await test.create()
      try await gallery.fill((0..<5).map { try TestPeople.person($0) })
      _ = try? await gallery.enrol(try TestPeople.person(1))
      try await gallery.update(try SubjectID("subject-1"), PersonChanges(category: .set(nil)))
      _ = try await gallery.identify([try TestPeople.faceProbe(6), try TestPeople.probe(10)])
      _ = try await gallery.verify(try SubjectID("subject-1"), try TestPeople.probe(10))
      _ = try await gallery.erase(["subject-2", "subject-3"].map { try SubjectID($0) })
      try await gallery.close()
      try FileManager.default.removeItem(atPath: test.path + "/index")
      gallery = try await test.open()
      try await gallery.close()
    }
    let counts = [
      "enrolled": 5, "refused": 1, "updated": 1, "erased": 2, "probes": 2, "index_samples_read": 9,
    ]
    for (name, count) in counts {
      #expect(metrics.counterTotal(label: "biomatch_gallery_" + name) == count, "\(name)")
    }
    // A change that was refused alone commits nothing that an index could follow; two are erasures.
    let times = [
      "commit": 3, "index": 4, "index_opening": 2, "identify": 1, "verify": 1, "erasure": 1,
    ]
    for (name, count) in times {
      let values = try metrics.expectTimer("biomatch_gallery_" + name).values
      #expect(values.count == count && values.allSatisfy { $0 >= 0 }, "\(name): \(values)")
    }
  }
}
