import BiomatchCore
import CBiomatchKernels

// The boundary to the C kernels: the only file of this module that sees a C type. Memory handed to a
// kernel is owned by one of the types below, and outlives the call.

/// The kernels of one SIMD level.
struct CodeKernels: Sendable {
  fileprivate let table: bm_code_kernels

  /// The kernels of `level`, which must be available.
  init(level: SIMDLevel) {
    let code =
      switch level {
      case .portable: BM_SIMD_PORTABLE
      case .neon: BM_SIMD_NEON
      case .avx2: BM_SIMD_AVX2
      case .avx512: BM_SIMD_AVX512
      }
    guard let kernels = bm_kernels_at(Int32(code)) else {
      preconditionFailure("SIMD level \(level) is not available")
    }
    table = kernels.pointee.codes
  }

  /// How many bits of each row are set, from a word on.
  func ones(_ words: [UInt64], wordsPerRow: Int, from word: Int = 0) -> [UInt16] {
    precondition((0...wordsPerRow).contains(word))
    let count = words.count / wordsPerRow
    return [UInt16](unsafeUninitializedCapacity: count) { ones, onesCount in
      onesCount = count
      guard count > 0 else { return }
      words.withUnsafeBufferPointer { words in
        table.count(
          words.baseAddress,
          Int64(count),
          Int32(wordsPerRow),
          Int32(word),
          ones.baseAddress
        )
      }
    }
  }

  /// How many bits a row of one side has in common with listed rows of the other.
  func common(
    _ words: [UInt64],
    row: Int,
    with others: [UInt64],
    rows: [UInt32],
    wordsPerRow: Int
  ) -> [UInt16] {
    precondition((row + 1) * wordsPerRow <= words.count)
    precondition(rows.allSatisfy { (Int($0) + 1) * wordsPerRow <= others.count })
    return [UInt16](unsafeUninitializedCapacity: rows.count) { common, commonCount in
      commonCount = rows.count
      guard !rows.isEmpty else { return }
      words.withUnsafeBufferPointer { words in
        others.withUnsafeBufferPointer { others in
          rows.withUnsafeBufferPointer { rows in
            table.common(
              words.baseAddress.map { $0 + row * wordsPerRow },
              others.baseAddress,
              Int32(wordsPerRow),
              rows.baseAddress,
              Int64(rows.count),
              common.baseAddress
            )
          }
        }
      }
    }
  }
}

/// Rows of one side as the kernels read them: by the number of their set bits, in blocks.
final class CodeSide: @unchecked Sendable {
  /// How many rows are compared at a time at least.
  static let blockRowCount = Int(BM_CODE_ROWS)
  /// How many blocks' rows of the second side are.
  static let groupRowCount = Int(BM_CODE_GROUP_ROWS)

  /// Which row is at a place.
  let order: [UInt32]
  private let words: UnsafeMutablePointer<UInt64>
  private let ones: UnsafeMutablePointer<UInt16>
  private let rest: UnsafeMutablePointer<UInt16>
  // Written by the initialiser only.

  /// Some of the rows, in that order, which ``CountedRows/order(of:_:)`` made.
  init(_ rows: CountedRows, order: ArraySlice<UInt32>) {
    let (block, width) = (Self.blockRowCount, rows.wordsPerRow)
    let places = (order.count + Self.groupRowCount - 1) / Self.groupRowCount * Self.groupRowCount
    self.order = Array(order)
    words = .allocate(capacity: max(1, places * width))
    ones = .allocate(capacity: max(1, places))
    rest = .allocate(capacity: max(1, places))
    ones.initialize(repeating: 0, count: places)
    rest.initialize(repeating: 0, count: places)
    rows.words.withUnsafeBufferPointer { source in
      for (place, row) in self.order.enumerated() {
        ones[place] = rows.ones[Int(row)]
        rest[place] = rows.rest[Int(row)]
        let from = source[Int(row) * width..<(Int(row) + 1) * width]
        var to = words + place / block * block * width + place % block
        for word in from {
          to.initialize(to: word)
          to += block
        }
      }
    }
    for place in order.count..<places {
      let first = words + place / block * block * width + place % block
      for word in 0..<width { (first + word * block).initialize(to: 0) }
    }
  }

  deinit {
    words.deallocate()
    ones.deallocate()
    rest.deallocate()
  }

  var count: Int { order.count }
  /// How many places the blocks have.
  var placeCount: Int { (count + Int(BM_CODE_ROWS) - 1) / Int(BM_CODE_ROWS) * Int(BM_CODE_ROWS) }

  /// How many bits of the row at a place are set.
  func ones(at place: Int) -> Int { Int(ones[place]) }

  fileprivate var rows: bm_code_rows {
    bm_code_rows(words: words, ones: ones, rest: rest, count: Int32(order.count))
  }
}

/// What pairs must reach, and how that is found out.
struct CodeRule: Sendable {
  let wordsPerRow: Int
  /// After how many words pairs are given up that cannot reach what they must.
  let checked: Int
  /// How many bits a pair must have in common, by the sum of its set bits.
  let least: [UInt16]
  let kernels: CodeKernels

  /// A rule that gives no pair up.
  init(wordsPerRow: Int, least: [UInt16], kernels: CodeKernels) {
    self.init(wordsPerRow: wordsPerRow, checked: wordsPerRow, least: least, kernels: kernels)
  }

  private init(wordsPerRow: Int, checked: Int, least: [UInt16], kernels: CodeKernels) {
    precondition(least.count > 2 * 64 * wordsPerRow && 0 < checked && checked <= wordsPerRow)
    self.wordsPerRow = wordsPerRow
    self.checked = checked
    self.least = least
    self.kernels = kernels
  }

  /// The same with a check after so many words.
  func checked(after word: Int) -> CodeRule {
    CodeRule(wordsPerRow: wordsPerRow, checked: word, least: least, kernels: kernels)
  }

  /// How many pairs of both sides reach what they must.
  func count(_ a: CodeSide, _ b: CodeSide) -> Int {
    withPointers(a, b, nil) { a, floors, b, rule in
      Int(kernels.table.count_hits(a, floors, b, rule))
    }
  }

  /// How many of the tiles of both sides have a pair that can still reach what it must, by the number of words
  /// that have been looked at.
  func alive(_ a: CodeSide, _ b: CodeSide) -> [Int] {
    var alive = [Int64](repeating: 0, count: wordsPerRow)
    alive.withUnsafeMutableBufferPointer { alive in
      withPointers(a, b, nil) { a, _, b, rule in
        kernels.table.alive(a, b, rule, alive.baseAddress)
      }
    }
    return alive.map { Int($0) }
  }

  fileprivate func withPointers<Result>(
    _ a: CodeSide,
    _ b: CodeSide,
    _ floors: [UInt32]?,
    _ body: (
      UnsafePointer<bm_code_rows>, UnsafePointer<UInt32>?, UnsafePointer<bm_code_rows>,
      UnsafePointer<bm_code_rule>
    ) -> Result
  ) -> Result {
    precondition(floors.map { $0.count >= a.placeCount } ?? true && a.count <= UInt16.max)
    let (rowsA, rowsB) = (a.rows, b.rows)
    return least.withUnsafeBufferPointer { least in
      (floors ?? []).withUnsafeBufferPointer { pointer in
        let floors = floors == nil ? nil : pointer.baseAddress
        return withUnsafePointer(to: rowsA) { rowsA in
          withUnsafePointer(to: rowsB) { rowsB in
            let rule = bm_code_rule(
              words: Int32(wordsPerRow),
              checked: Int32(checked),
              least: least.baseAddress
            )
            return withUnsafePointer(to: rule) { body(rowsA, floors, rowsB, $0) }
          }
        }
      }
    }
  }
}

/// Room for pairs that reach what they must.
final class CodeHits {
  private let capacity: Int
  private let hits: UnsafeMutablePointer<bm_code_hit>
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = capacity + Int(BM_CODE_ROWS * BM_CODE_GROUP_ROWS)
    hits = .allocate(capacity: self.capacity)
  }

  deinit { hits.deallocate() }

  /// The places of a pair on both sides, and how many bits it has in common.
  subscript(index: Int) -> (a: Int, b: Int, common: Int) {
    precondition(index < count)
    return (Int(hits[index].a), Int(hits[index].b), Int(hits[index].common))
  }

  /// Compares all rows of both sides; `false` when there may be more hits than fit.
  ///
  /// - Parameter floors: what rows of `a` need besides, in units of 2^-30, by place; nothing for `nil`.
  func compare(_ a: CodeSide, _ b: CodeSide, floors: [UInt32]?, _ rule: CodeRule) -> Bool {
    let found = rule.withPointers(a, b, floors) { a, floors, b, pointer in
      rule.kernels.table.compare(a, floors, b, pointer, hits, Int64(capacity))
    }
    count = max(0, Int(found))
    return found >= 0
  }
}
