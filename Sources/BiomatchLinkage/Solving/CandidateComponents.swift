/// Candidates cut into components: no record of one is in another.
enum CandidateComponents {
  /// The components, each in the order of `pairs`, by their first pairs.
  static func of(_ pairs: [CandidatePair]) -> [[CandidatePair]] {
    // Numbers of the records in the order of their first pairs: rows may be far higher than they are many.
    var (numbersA, numbersB): ([Int: Int], [Int: Int]) = ([:], [:])
    var parent: [Int] = []
    func number(_ row: Int, _ numbers: inout [Int: Int]) -> Int {
      if let number = numbers[row] { return number }
      let number = parent.count
      parent.append(number)
      numbers[row] = number
      return number
    }
    let records = pairs.map { (a: number($0.a, &numbersA), b: number($0.b, &numbersB)) }

    func root(_ record: Int) -> Int {
      var record = record
      while parent[record] != record {
        parent[record] = parent[parent[record]]
        record = parent[record]
      }
      return record
    }

    for record in records {
      let (a, b) = (root(record.a), root(record.b))
      parent[max(a, b)] = min(a, b)
    }
    var numbers: [Int: Int] = [:]
    var components: [[CandidatePair]] = []
    for (pair, record) in zip(pairs, records) {
      let root = root(record.a)
      if let number = numbers[root] {
        components[number].append(pair)
      } else {
        numbers[root] = components.count
        components.append([pair])
      }
    }
    return components
  }
}
