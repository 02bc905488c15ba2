/// Whose rules Cyrillic letters follow.
public enum CyrillicRules: String, Sendable, Hashable, Codable, CaseIterable {
  /// ICAO Doc 9303 part 3, section 6.B, without the exceptions of a language: as for Russian.
  case doc9303
  /// The Doc's table for Belorussian.
  case belorussian
  /// The Doc's table for Bulgarian.
  case bulgarian
  /// The Doc's table for Macedonian.
  case macedonian
  /// The Doc's table for Serbian. It prints H for Г; Serbian documents have G, see
  /// ``serbianNational``.
  case serbian
  /// The Doc's table for Ukrainian.
  case ukrainian
  /// What Bulgarian documents have since 2009: the Transliteration Act, article 4, and its -ия.
  case bulgarianNational = "bulgarian-national"
  /// What Serbian documents have: Gaj's Latin without diacritics.
  case serbianNational = "serbian-national"
}
