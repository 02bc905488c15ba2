import BiomatchFingerprint
import Testing

@Suite("Finger position labels")
struct FingerPositionLabelTests {
  @Test("every position is read back from its label", arguments: FingerPosition.allCases)
  func roundTrip(position: FingerPosition) {
    #expect(FingerPosition(label: position.label) == position)
  }

  @Test("labels are lower-case words joined by hyphens, titles are for people")
  func wording() {
    #expect(FingerPosition.rightIndex.label == "right-index")
    #expect(FingerPosition.unknown.label == "unknown")
    #expect(FingerPosition.leftThumb.title == "left thumb")
    #expect(FingerPosition.unknown.title == "finger not stated")
    #expect(FingerPosition(label: "Right-Index") == nil)
    #expect(FingerPosition(label: "") == nil)
  }
}
