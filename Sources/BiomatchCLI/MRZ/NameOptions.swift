import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchLinkage

extension CyrillicRules: ExpressibleByArgument {}
extension GreekRules: ExpressibleByArgument {}

/// Which of the alternatives for Ä, Å, Ñ, Ö and Ü are taken.
enum LatinChoice: String, CaseIterable, ExpressibleByArgument {
  case expanded, plain, reversible

  var alternatives: LatinAlternatives {
    switch self {
    case .expanded: .expanded
    case .plain: .plain
    case .reversible: .reversible
    }
  }
}

/// How a name is written in the letters A–Z.
struct NameOptions: ParsableArguments {
  @Option(name: .long, help: "Ä, Å, Ñ, Ö, Ü as AE AA N OE UE, as A A N O U, or with NXX and UXX.")
  var latin = LatinChoice.expanded

  @Option(name: .long, help: "Whose rules Cyrillic letters follow.")
  var cyrillic = CyrillicRules.doc9303

  @Option(name: .long, help: "Greek by sound (as passports have it) or letter by letter.")
  var greek = GreekRules.transcription

  @Flag(name: .long, help: "Keep titles and suffixes (DR, JR, III) as part of the name.")
  var keepTitles = false

  func name(primary: String, secondary: String) throws -> PersonName {
    try PersonName(
      primary: primary,
      secondary: secondary,
      transliterator: Transliterator(
        latin: latin.alternatives,
        cyrillic: cyrillic,
        greek: greek
      ),
      titles: keepTitles ? .kept : .omitted
    )
  }
}
