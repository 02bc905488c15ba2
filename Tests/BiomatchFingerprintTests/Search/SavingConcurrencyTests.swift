import BiomatchCore
import BiomatchTestSupport
import Testing

@testable import BiomatchFingerprint

@Suite("Changes to an index while it is saved")
struct SavingConcurrencyTests {
  private func entries(_ numbers: Range<Int>) throws -> [FingerprintIndexEntry] {
    try numbers.map { number in
      let view = SyntheticFinger(seed: UInt64(number), minutiae: 20).impression(seed: 1)
      return FingerprintIndexEntry(
        reference: try ReferenceID("print-\(number)"),
        subject: try SubjectID("person-\(number)"),
        template: try FingerprintTemplate(view: view)
      )
    }
  }

  private func names(_ index: FingerprintIndex) throws -> [Int] {
    try (0..<40).filter { try index.unknown([try ReferenceID("print-\($0)")]).isEmpty }
  }

  @Test(
    "What is added and removed meanwhile is there afterwards, and saved by the next save",
    arguments: [true, false]
  )
  func meanwhile(fails: Bool) throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("index")
    let index = FingerprintIndex()
    try index.append(try entries(0..<10))
    try index.save(to: path)
    try index.append(try entries(10..<20))
    try index.remove([try ReferenceID("print-3")])
    let later = try entries(20..<25)
    let save = {
      try FileEvent.watch(
        observer: { event in
          // Each new file: on the same thread, so that a save that made changes wait would wait for ever.
          guard case .create = event else { return }
          do {
            if try !index.unknown([later[0].reference]).isEmpty { try index.append(later) }
            try index.remove([try ReferenceID("print-4"), try ReferenceID("print-12")])
          } catch {
            Issue.record(error)
          }
        },
        failure: { event in
          guard fails, case .synchronise(let path) = event else { return nil }
          return .failed(path: path, operation: .write, reason: "test")
        }
      ) { try index.save() }
    }
    if fails { #expect(throws: IndexError.self) { try save() } } else { try save() }
    let expected = (0..<25).filter { ![3, 4, 12].contains($0) }
    let present = try names(index)
    #expect(present == expected)
    #expect(index.count == expected.count)
    let saved = try names(try FingerprintIndex(opening: path))
    #expect(saved == (fails ? Array(0..<10) : (0..<20).filter { $0 != 3 }))
    try index.save()
    #expect(try names(try FingerprintIndex(opening: path)) == present)
    try index.verify()
    let reopened = try FingerprintIndex(opening: path)
    #expect(reopened.generation == index.generation)
  }
}
