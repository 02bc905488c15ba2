import BiomatchCore
import BiomatchLinkage

/// Machine-readable zones, and names in any script.
let mrzTargets: [FuzzTarget] = [
  FuzzTarget(name: "mrz") { input in
    for text in MRZText.all(in: input).prefix(64) {
      let strict = try? MRZParser().parse(text)
      let lenient = try? MRZParser(strictness: .lenient).parse(text)
      if let strict {
        precondition(strict.findings.isEmpty, "strict reading found something")
        precondition(lenient == strict, "a lenient reading of a good zone differs")
        precondition((try? strict.mrz.lines()) == strict.lines, "the zone is written otherwise")
      } else if let lenient {
        precondition(!lenient.findings.isEmpty, "a lenient reading found nothing")
        check(lenient.mrz)
      }
      if let correction = MRZCorrector(maximumChanges: 1).correction(of: text) {
        precondition(strict == nil, "a good zone was corrected")
        precondition(!correction.changes.isEmpty, "nothing was corrected")
        precondition(
          !correction.reading.findings.contains { $0.rule.isCheckDigit },
          "a check digit fails after the correction"
        )
      }
    }
  },
  FuzzTarget(name: "names") { input in
    // The first byte chooses the rules.
    let choice = Int(input.first ?? 0)
    let text = String(decoding: input.dropFirst(), as: UTF8.self)
    let transliterator = Transliterator(
      latin: choice & 1 == 0 ? .expanded : .reversible,
      cyrillic: CyrillicRules.allCases[choice / 2 % CyrillicRules.allCases.count],
      greek: choice & 64 == 0 ? .transcription : .transliteration
    )
    let result = transliterator.transliterate(text)
    precondition(
      result.components.allSatisfy { component in
        !component.isEmpty && component.utf8.allSatisfy { (65...90).contains($0) }
      },
      "a component is not A–Z"
    )
    guard let expiry = try? PartialDate("2030-01-31") else { return }
    guard let name = try? PersonName(visual: text, transliterator: transliterator) else { return }
    precondition(
      (name.primary + name.secondary).allSatisfy { $0.utf8.allSatisfy { (65...90).contains($0) } },
      "a name is not A–Z"
    )
    check(
      MRZ(
        format: MRZFormat.allCases[choice % 5],
        documentCode: ["I", "I", "P", "V", "V"][choice % 5],
        issuer: try? CountryCode("UTO"),
        name: name,
        documentNumber: "1",
        nationality: try? CountryCode("UTO"),
        birthDate: .unknown,
        sex: .unspecified,
        expiryDate: MRZDate(expiry)
      )
    )
  },
]

/// What can be written is read strictly.
private func check(_ mrz: MRZ) {
  guard let lines = try? mrz.lines() else { return }
  let again = try? MRZParser().parse(lines.joined(separator: "\n"))
  precondition(again?.lines == lines, "what was written is not read")
}
