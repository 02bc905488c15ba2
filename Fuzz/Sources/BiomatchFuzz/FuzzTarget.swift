/// One thing to fuzz: a name to choose it by, and what to do with an input.
///
/// To add a parser, write a file in `Targets/` that makes its target, list it in
/// ``FuzzTarget/all``, and put a few small inputs of our own into `Fuzz/corpus/<name>/`.
struct FuzzTarget: Sendable {
  /// The name on the command line, also that of the corpus directory.
  var name: String
  /// Feeds one input; it must not trap, hang, or take more memory than a multiple of the input.
  var run: @Sendable (_ input: [UInt8]) -> Void

  /// Every target, in the order in which `Fuzz/run` takes them.
  static let all: [FuzzTarget] =
    minutiaeTargets + csvTargets + segmentTargets + sealedIndexTargets
    + fingerprintIndexTargets + faceIndexTargets + faceVectorTargets + identifierListTargets
    + mrzTargets + linkageTargets + codesTargets
}
