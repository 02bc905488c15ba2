/// How the tests were built.
public enum BuildMode {
  /// Whether the code is optimised; tests of many comparisons run only then.
  public static let isOptimised: Bool = {
    #if DEBUG
      false
    #else
      true
    #endif
  }()

  /// The message with which such a test is skipped.
  public static let notOptimised: String =
    "compares too many prints for a debug build: runs with swift test -c release"
}
