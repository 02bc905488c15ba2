import ArgumentParser
import Biomatch
import BiomatchLinkage

/// How long codes are, where their file does not tell.
struct CodeLengthOptions: ParsableArguments {
  @Option(name: .long, help: "How many bits a code has, for .bytes and .packed, which do not tell.")
  var bits: Int?

  func validate() throws {
    guard let bits else { return }
    guard Codes.lengths.contains(bits), bits.isMultiple(of: 8) else {
      throw ValidationError("--bits must be a multiple of 8 in 64...4096, found \(bits)")
    }
  }
}
