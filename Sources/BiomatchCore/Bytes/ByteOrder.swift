/// The order in which the bytes of an integer lie in a file.
public enum ByteOrder: Sendable, Hashable {
  /// Most significant byte first, as in the ISO/IEC 19794 and ANSI/INCITS records.
  case big
  /// Least significant byte first, as in this library's own containers.
  case little
}
