import BiomatchCore

/// A table of invented people in CSV, the same in every run.
enum RandomTable {
  /// - Parameter isQuoted: whether names and addresses stand in quotation marks.
  static func bytes(count: Int, isQuoted: Bool) -> [UInt8] {
    var random = SeededGenerator(seed: 1)
    func text(_ length: ClosedRange<Int>) -> String {
      let letters = (0..<Int.random(in: length, using: &random)).map { _ in
        Character(Unicode.Scalar(UInt8.random(in: 97...122, using: &random)))
      }
      return isQuoted ? "\"\(String(letters))\"" : String(letters)
    }
    var table = "rec_id,given_name,surname,street_number,address,suburb,postcode,date_of_birth\n"
    for row in 0..<count {
      let fields = [
        "rec-\(row)", text(3...10), text(4...12), "\(Int.random(in: 1...200, using: &random))",
        text(8...24), text(5...14), "\(Int.random(in: 1000...9999, using: &random))",
        "\(Int.random(in: 1900_0101...2010_1231, using: &random))",
      ]
      table += fields.joined(separator: ",") + "\n"
    }
    return Array(table.utf8)
  }
}
