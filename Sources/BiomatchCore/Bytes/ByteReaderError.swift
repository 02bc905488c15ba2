/// Why bytes could not be read from where a ``ByteReader`` stands.
public enum ByteReaderError: BiomatchError, Hashable {
  /// Fewer bytes are left than the next field takes.
  ///
  /// `offset` is where the field starts, counted from the start of the outermost bytes.
  case truncated(offset: Int, needed: Int, available: Int)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .truncated: "bytes.truncated"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .truncated(let offset, _, _): ErrorLocation(byteOffset: offset)
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .truncated(_, let needed, let available):
      "\(needed) more bytes are needed here, and only \(available) are left"
    }
  }

  /// What the reader can do about it.
  public var remedy: String { "check that the input is complete and of the expected format" }

  /// The class of failure.
  public var category: ErrorCategory { .badData }
}
