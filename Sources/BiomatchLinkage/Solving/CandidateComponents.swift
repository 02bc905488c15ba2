/// Candidates cut into components: no record of one is in another.
enum CandidateComponents {
  /// The components, each in the order of `pairs`, by their first pairs.
  static func of(_ pairs: [CandidatePair]) -> [[CandidatePair]] {
    let countA = (pairs.map(\.a).max() ?? -1) + 1
    let countB = (pairs.map(\.b).max() ?? -1) + 1
    var parent = Array(0..<countA + countB)

    func root(_ record: Int) -> Int {
      var record = record
      while parent[record] != record {
        parent[record] = parent[parent[record]]
        record = parent[record]
      }
      return record
    }

    for pair in pairs {
      let (a, b) = (root(pair.a), root(countA + pair.b))
      parent[max(a, b)] = min(a, b)
    }
    var numbers: [Int: Int] = [:]
    var components: [[CandidatePair]] = []
    for pair in pairs {
      let root = root(pair.a)
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
