/// How much work a search spends on a pair of prints that look unlike.
public enum SearchMode: String, Sendable, Hashable, Codable, CaseIterable {
  /// Pairs that resemble each other too little are given up early; they score 0. Faster several
  /// times; `docs/fingerprint-search.md` says what it costs in accuracy.
  case screened
  /// Every pair goes through all stages, as in a comparison of two prints.
  case exhaustive
}
