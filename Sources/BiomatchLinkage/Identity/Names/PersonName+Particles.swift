extension PersonName {
  /// The primary identifier without particles (VAN DER, DE LA, AL, BIN and the like), which registers
  /// keep, join or drop; all of it when nothing else would be left.
  ///
  /// For comparing names, never for writing them.
  public var primaryWithoutParticles: [String] {
    let rest = primary.filter { !Self.particles.contains($0) }
    return rest.isEmpty ? primary : rest
  }

  /// All components in alphabetical order, for comparing names whose parts may be exchanged.
  public var sortedComponents: [String] { (primary + secondary).sorted() }

  /// Particles of names in Latin letters, of Arabic, Dutch, French, German, Italian, Portuguese,
  /// Spanish and others.
  public static let particles: Set<String> = [
    "AF", "AL", "AM", "AN", "AUF", "AV", "BEN", "BIN", "BINT", "DA", "DAL", "DAS", "DE", "DEGLI",
    "DEI", "DEL", "DELA", "DELLA", "DELLE", "DEM", "DEN", "DER", "DES", "DI", "DO", "DOS", "DU",
    "EL", "ET", "IBN", "IM", "LA", "LAS", "LE", "LES", "LO", "LOS", "MAC", "MC", "OF", "TEN",
    "TER", "TOT", "UL", "UM", "VAN", "VANDEN", "VANDER", "VOM", "VON", "Y", "ZU", "ZUM", "ZUR",
  ]
}
