import Biomatch
import BiomatchCore
import BiomatchEvaluation
import BiomatchFingerprint
import BiomatchGallery

/// What the demonstration's part on a gallery gave.
struct DemoGalleryResult {
  let people: DemoPeople
  let place: DemoGallery
  let state: GalleryState
  let fingers: IdentificationRates
  let faces: IdentificationRates
  let verified: SimilarityScore
  let times: [DemoStep: Duration]

  /// All figures; those that vary from run to run come last.
  var row: Row {
    Row([
      "gallery": .text(place.path), "key": .text(place.keyPath),
      "receipt": .text(place.receiptPath), "subjects": .integer(Int(state.subjects)),
      "fingers": .integer(Int(state.fingers)), "faces": .integer(Int(state.faces)),
      "generation": .integer(Int(state.generation)), "mated": .integer(people.matedCount),
      "nonMated": .integer(people.probes),
    ])
    .appending(DemoAccuracy(rates: fingers).row, prefix: "finger")
    .appending(DemoAccuracy(rates: faces).row, prefix: "face")
    .appending(
      Row([
        "generateSeconds": .real(seconds(.generate)), "enrolSeconds": .real(seconds(.enrol)),
        "closeSeconds": .real(seconds(.save)), "openSeconds": .real(seconds(.open)),
        "fingerSeconds": .real(seconds(.mated)), "faceSeconds": .real(seconds(.nonMated)),
      ])
    )
  }

  /// What was done, how long it took and how often the right person was found.
  var text: String {
    """
    \(work.text)
    By both fingers
    \(DemoAccuracy(rates: fingers).table.text)
    By face
    \(DemoAccuracy(rates: faces).table.text)
    Somebody says they are subject P0000001. Their fingers: \
    \(Verdict(score: verified, threshold: FingerprintMatcher.verificationThreshold).text).
    Subject P0000002 asks to be forgotten: erased, and \(place.receiptPath) is the signed receipt.

    """
  }

  private func seconds(_ step: DemoStep) -> Double { times[step, default: .zero] / .seconds(1) }

  private var work: TextTable {
    let searches = people.matedCount + people.probes
    let lines: [(String, Int, DemoStep)] = [
      ("make people", people.count, .generate),
      ("enrol them, sealed, durably", people.count, .enrol),
      ("save the indexes and close", people.count, .save), ("open it again", people.count, .open),
      ("search by two fingers", searches, .mated), ("search by face", searches, .nonMated),
    ]
    return TextTable(
      header: ["step", "number", "ms", "a second"],
      rows: lines.map { title, number, step in
        let time = seconds(step)
        let hasRate = step != .open && time > 0
        let rate = hasRate ? Figure.grouped(Int((Double(number) / time).rounded())) : "-"
        return [title, Figure.grouped(number), Figure.rough(time * 1000), rate]
      }
    )
  }
}
