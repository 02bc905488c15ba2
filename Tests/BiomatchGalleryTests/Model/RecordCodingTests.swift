import BiomatchFace
import BiomatchFingerprint
import BiomatchTestSupport
import Testing

@testable import BiomatchGallery

@Suite("Bytes of records")
struct RecordCodingTests {
  @Test("The numbers and names of the kinds of samples, which files hold, do not change")
  func kinds() {
    #expect(SampleKind.allCases.map(\.rawValue) == ["finger", "face"])
    #expect(SampleKind.allCases.map(\.number) == [1, 2])
    #expect(FingerCondition.allCases.map(\.rawValue) == [1, 2, 3])
    #expect(SampleKind(number: 3) == nil)
  }

  @Test("Profiles come back as they were, the empty one too")
  func profiles() throws {
    let person = try TestPeople.person(3)
    for (demographics, fingers) in [(person.demographics, person.fingers), (Demographics(), [])] {
      let decoded = try ProfileCoding.decode(ProfileCoding.encode(demographics, fingers))
      #expect(decoded.0 == demographics)
      #expect(decoded.1 == fingers)
    }
  }

  @Test("Samples come back as they were, with the context of formats without a header")
  func samples() throws {
    var samples = try TestPeople.person(4).samples
    samples.append(
      .finger(
        FingerSample(
          reference: try ReferenceID("card"),
          record: [1, 2, 3],
          format: .iso2005CardNormal,
          context: RecordContext(width: 300, height: 400, position: .leftRing),
          view: 7,
          position: .leftRing,
          quality: 0,
          impressionType: 24
        )
      )
    )
    for case var sample in samples {
      if case .finger(var finger) = sample {
        finger.position = finger.position ?? .unknown
        sample = .finger(finger)
      }
      let decoded = try SampleCoding.decode(
        SampleCoding.encode(sample),
        reference: sample.reference,
        kind: sample.kind
      )
      #expect(decoded == sample)
    }
  }

  @Test("Records that are cut anywhere, or have a byte too many, are refused")
  func damage() throws {
    let person = try TestPeople.person(5)
    let profile = ProfileCoding.encode(person.demographics, person.fingers)
    for count in 0..<profile.count {
      #expect(throws: (any Error).self) { try ProfileCoding.decode(Array(profile.prefix(count))) }
    }
    #expect(throws: (any Error).self) { try ProfileCoding.decode(profile + [0]) }
    for sample in person.samples {
      let bytes = SampleCoding.encode(sample)
      for count in 0..<bytes.count {
        #expect(throws: (any Error).self) {
          try SampleCoding.decode(
            Array(bytes.prefix(count)),
            reference: sample.reference,
            kind: sample.kind
          )
        }
      }
    }
  }

  @Test("A count of a billion entries costs no memory")
  func counts() {
    let bytes: [UInt8] = [1, 0xFF, 0xFF, 0xFF, 0xFF]
    #expect(throws: (any Error).self) { try ProfileCoding.decode(bytes) }
  }

  @Test(
    "Labels differ where their bytes do",
    arguments: ["", "a\nb", String(repeating: "x", count: 65)]
  )
  func labels(text: String) throws {
    #expect(throws: GalleryError.label(text)) { try Label(text) }
    #expect(try Label("é") != Label("e\u{301}"))
  }
}
