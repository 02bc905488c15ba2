import BiomatchCore

/// Reads machine-readable zones.
///
/// ```swift
/// let reading = try MRZParser().parse(
///   """
///   P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
///   L898902C36UTO7408122F1204159ZE184226B<<<<<10
///   """)
/// reading.mrz.name  // ERIKSSON, ANNA MARIA
/// ```
///
/// A strict parser refuses the first rule that is broken, check digits included; a lenient one reads on
/// and reports. Neither ever changes a character that a check digit covers: ``MRZCorrector`` proposes.
public struct MRZParser: Sendable, Hashable {
  /// What becomes of a zone that breaks a rule.
  public enum Strictness: String, Sendable, Hashable, CaseIterable {
    /// It is refused.
    case strict
    /// It is read as far as possible, and every breach is reported.
    case lenient
  }

  /// What becomes of a zone that breaks a rule.
  public var strictness: Strictness

  /// A parser.
  public init(strictness: Strictness = .strict) { self.strictness = strictness }

  /// The zone in `text`: its lines, or all characters in one line.
  ///
  /// - Throws: ``MRZError``.
  public func parse(_ text: String) throws(MRZError) -> MRZReading {
    try parse(Array(text.utf8))
  }

  /// The zone in the bytes of a text.
  ///
  /// - Throws: ``MRZError``.
  public func parse(_ bytes: [UInt8]) throws(MRZError) -> MRZReading {
    try parse(MRZText(bytes))
  }

  /// The zone in a text that was cut out of a file; errors then name the file's lines.
  ///
  /// - Throws: ``MRZError``.
  /// - Complexity: constant.
  public func parse(_ text: MRZText) throws(MRZError) -> MRZReading {
    var findings: [MRZFinding] = []
    let characters = try MRZCharacters(text, isLenient: strictness == .lenient, &findings)
    var parsing = MRZParsing(characters, isLenient: strictness == .lenient, findings: findings)
    let mrz = try parsing.parse()
    return MRZReading(mrz: mrz, findings: parsing.findings, characters: characters)
  }
}

/// A zone that was read.
public struct MRZReading: Sendable, Hashable {
  /// What it says.
  public var mrz: MRZ
  /// The rules that it breaks; empty for a strict reading.
  public var findings: [MRZFinding]

  private let bytes: [UInt8]

  init(mrz: MRZ, findings: [MRZFinding], characters: MRZCharacters) {
    self.mrz = mrz
    self.findings = findings
    bytes = characters.bytes
  }

  /// The lines as they were read, each of the format's length.
  public var lines: [String] { mrz.format.lines(of: bytes) }
}

extension MRZFormat {
  /// The format's characters, cut into its lines.
  func lines(of bytes: [UInt8]) -> [String] {
    (0..<lineCount).map { line in
      String(decoding: bytes[line * lineLength..<(line + 1) * lineLength], as: UTF8.self)
    }
  }
}
