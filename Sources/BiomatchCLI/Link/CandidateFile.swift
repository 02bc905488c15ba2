import Biomatch
import BiomatchCore
import BiomatchLinkage

/// Candidate pairs of a file, their records numbered in the order of their identifiers.
///
/// Few pairs are kept, 16 bytes each. A file of many is read again each time that they are gone through,
/// unless it is a pipe, which has them once.
struct CandidateFile {
  /// The identifiers of both sides by number.
  let a: [ReferenceID]
  let b: [ReferenceID]
  private let path: String
  private let threshold: Double
  private let records: (a: OrderedTexts, b: OrderedTexts)
  private let kept: [CandidatePair]?
  private let trace: PairTrace

  /// Reads the pairs of a file that reach the threshold.
  ///
  /// - Parameter limit: how many pairs are kept where they can be had again.
  init(_ path: String, threshold: Double, limit: Int = 1 << 22) throws {
    var trace = PairTrace()
    var (a, b) = (TextNumbers(), TextNumbers())
    var pairs: [CandidatePair] = []
    var isKept = true
    let reader = try PairReader(path)
    while let pair = try reader.next() {
      guard pair.score >= threshold else { continue }
      let (first, second) = (a.number(of: pair.a), b.number(of: pair.b))
      trace.add(a: first, b: second, score: pair.score)
      guard isKept else { continue }
      pairs.append(CandidatePair(a: first, b: second, score: pair.score))
      if reader.isRepeatable, pairs.count > limit {
        pairs = []
        isKept = false
      }
    }
    let records = (a: OrderedTexts(a), b: OrderedTexts(b))
    for index in pairs.indices {
      let pair = pairs[index]
      pairs[index] = CandidatePair(
        a: records.a.places[pair.a],
        b: records.b.places[pair.b],
        score: pair.score
      )
    }
    self.path = path
    self.threshold = threshold
    self.a = try records.a.identifiers()
    self.b = try records.b.identifiers()
    self.records = records
    self.trace = trace
    kept = isKept ? pairs : nil
  }

  /// Which pairs are links.
  func links(by method: LinkageSolver.Method) throws -> [CandidatePair] {
    try LinkageSolver.links(by: method, among: forEachBatch)
  }

  /// Goes through the pairs, from memory or the file.
  ///
  /// - Throws: what reading throws, and when the pairs of the file are others than at first; then what `body`
  ///   has had is worth nothing.
  func forEachBatch(_ body: ([CandidatePair]) -> Void) throws {
    if let kept { return body(kept) }
    let reader = try PairReader(path)
    var trace = PairTrace()
    var batch: [CandidatePair] = []
    while let pair = try reader.next() {
      guard pair.score >= threshold else { continue }
      guard let a = records.a.number(of: pair.a), let b = records.b.number(of: pair.b) else {
        throw ChangedFile(path: path)
      }
      trace.add(a: a, b: b, score: pair.score)
      batch.append(
        CandidatePair(a: records.a.places[a], b: records.b.places[b], score: pair.score)
      )
      if batch.count == 1 << 14 {
        body(batch)
        batch.removeAll(keepingCapacity: true)
      }
    }
    body(batch)
    guard trace == self.trace else { throw ChangedFile(path: path) }
  }
}

/// What tells whether pairs are those of another time: how many they are, and a hash of them in their order.
private struct PairTrace: Equatable {
  private var count = 0
  private var hash: UInt64 = 0

  mutating func add(a: Int, b: Int, score: Double) {
    count += 1
    for value in [UInt64(a), UInt64(b), score.bitPattern] {
      // The step of FNV-1a, of whole words; what high bits say reaches the low ones.
      hash = (hash ^ value) &* 0x0000_0100_0000_01B3
      hash ^= hash >> 32
    }
  }
}

/// Identifiers in their order, of equal scores of which the lower is taken.
private struct OrderedTexts {
  private let numbers: TextNumbers
  private let order: [Int]
  /// Where each text is in the order, by its number.
  let places: [Int]

  init(_ numbers: TextNumbers) {
    order = (0..<numbers.count).sorted { NaturalOrder.isLess(numbers[$0], numbers[$1]) }
    var places = [Int](repeating: 0, count: numbers.count)
    for (place, number) in order.enumerated() { places[number] = place }
    self.places = places
    self.numbers = numbers
  }

  /// The number of a text; `nil` for one that never came.
  func number(of text: ArraySlice<UInt8>) -> Int? { numbers.existing(text) }

  func identifiers() throws -> [ReferenceID] {
    try order.map { try ReferenceID(utf8: numbers[$0]) }
  }
}

/// A file that is read twice was not the same.
private struct ChangedFile: BiomatchError {
  let path: String

  var code: String { "candidates.changed" }
  var location: ErrorLocation { ErrorLocation(file: path) }
  var rule: String { "the file must not change while it is read" }
  var remedy: String { "try again once it is complete" }
  var category: ErrorCategory { .inputOutput }
}
