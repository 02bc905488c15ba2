import BiomatchGallery
import Testing

@Suite("Kinds of samples")
struct SampleKindTests {
  @Test("The names of the kinds, which files hold, do not change")
  func names() {
    #expect(SampleKind.allCases.map(\.rawValue) == ["finger", "face"])
  }
}
