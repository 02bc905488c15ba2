import Biomatch
import BiomatchCore
import BiomatchLinkage

/// A zone that was read, and where it begins in its file.
struct ReadZone {
  var line: Int
  var reading: MRZReading
  /// What was changed so that the check digits hold.
  var changes: [MRZChange] = []
}

/// Reads zones as the user has asked for.
struct ZoneReader {
  var lenient: Bool
  var correct: Bool

  func read(_ text: MRZText) throws(MRZError) -> ReadZone {
    do {
      return ReadZone(line: text.firstLine, reading: try MRZParser().parse(text))
    } catch {
      if correct, let correction = MRZCorrector().correction(of: text),
        lenient || correction.reading.findings.isEmpty
      {
        return ReadZone(
          line: text.firstLine,
          reading: correction.reading,
          changes: correction.changes
        )
      }
      guard lenient else { throw error }
      let reading = try MRZParser(strictness: .lenient).parse(text)
      return ReadZone(line: text.firstLine, reading: reading)
    }
  }
}
