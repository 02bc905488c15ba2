import Biomatch
import BiomatchCore
import BiomatchFingerprint
import Foundation

/// Something that the user should know and that stops nothing.
struct Warning: Encodable {
  var level = "warning"
  var code: String
  var location: ErrorLocation
  var text: String

  init(code: String, location: ErrorLocation, text: String) {
    self.code = code
    self.location = location
    self.text = text
  }

  /// What a conversion of `file` left out.
  init(_ loss: ConversionLoss, file: String) {
    self.init(
      code: loss.code,
      location: ErrorLocation(file: file, field: loss.view.map { "view \($0)" }),
      text: loss.text
    )
  }

  /// Says it on the standard error, as JSON where errors are JSON too.
  func say() {
    StandardError.write(
      FailureReport.isJSON
        ? FailureReport.jsonLine(self)
        : "biomatch: warning: \(location): \(text) [\(code)]\n".shown
    )
  }
}
