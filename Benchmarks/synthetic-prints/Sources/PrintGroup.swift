import BiomatchCore
import BiomatchEvaluation
import BiomatchFingerprint
import Foundation

/// Prints and the comparisons among them.
struct PrintGroup {
  struct Pair {
    var a: Int
    var b: Int
    var isGenuine: Bool
  }

  var templates: [FingerprintTemplate] = []
  /// A number for the finger of each template.
  var fingers: [Int] = []
  var pairs: [Pair] = []
  /// Pairs of which a print is missing; they score 0.
  var failures: [Bool] = []
}

extension PrintGroup {
  /// Synthetic prints: all pairs of impressions of one finger, and all pairs of first impressions.
  init(_ population: SyntheticFingers, fingers count: Int, impressions: Int) {
    for index in 0..<count {
      let finger = population.finger(index)
      for number in 0..<impressions {
        templates.append(population.impression(number, of: finger))
        fingers.append(index)
      }
      let start = index * impressions
      for a in start..<start + impressions {
        for b in start..<a { pairs.append(Pair(a: b, b: a, isGenuine: true)) }
      }
      for other in 0..<index {
        pairs.append(Pair(a: other * impressions, b: start, isGenuine: false))
      }
    }
  }

  /// Real prints: the lists `pairs/*.NAME.csv` below the root.
  init(root: String, name: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(root)/pairs").sorted()
    for list in names where list.hasSuffix(".\(name).csv") {
      let pairs = try PairList(file: "\(root)/pairs/\(list)").pairs
      try add(pairs, root: root)
    }
  }

  private mutating func add(_ list: [PairList.Pair], root: String) throws {
    var numbers: [String: Int] = [:]
    let decoder = MinutiaeDecoder()
    for path in list.flatMap({ [$0.a, $0.b] }) where numbers[path] == nil {
      guard let bytes = FileManager.default.contents(atPath: "\(root)/\(path)"),
        let view = try decoder.decode([UInt8](bytes), file: path).record.views.first
      else { continue }
      numbers[path] = templates.count
      fingers.append(templates.count)
      templates.append(try FingerprintTemplate(view: view))
    }
    for pair in list {
      guard let a = numbers[pair.a], let b = numbers[pair.b] else {
        failures.append(pair.isGenuine)
        continue
      }
      pairs.append(Pair(a: a, b: b, isGenuine: pair.isGenuine))
      // Impressions of one finger get the least number among them.
      if pair.isGenuine { fingers[max(a, b)] = min(fingers[a], fingers[b]) }
    }
  }
}
