/// How Greek is written in Latin letters.
public enum GreekRules: String, Sendable, Hashable, Codable, CaseIterable {
  /// Transcription, type 2 of ELOT 743 and ISO 843: what Greek and Cypriot passports have.
  case transcription
  /// Transliteration, type 1 of ISO 843, letter by letter, without its diacritics.
  case transliteration
}
