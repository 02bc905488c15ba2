import BiomatchCore
import BiomatchGallery
import Foundation

extension ErasureReceipt {
  /// The receipt as it is written to files.
  var json: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }
  }

  /// Says on the standard error that an erasure which another program began is finished, with the receipt
  /// in the next line.
  func tell(of gallery: String) {
    Warning(
      code: "gallery.erasure-finished",
      location: ErrorLocation(file: gallery, field: "subject \(subject)"),
      text: "an erasure that another program began is finished; its receipt follows"
    ).say()
    StandardError.write(FailureReport.jsonLine(self))
  }
}
