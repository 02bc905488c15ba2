import BiomatchCore
import BiomatchTestSupport
import Foundation
import Testing

/// Invented face vectors, and what straightforward arithmetic makes of them.
private struct InventedFaces {
  let labels: [String]
  let vectors: [[Float]]

  init(identities: Int, images: Int, noise: Float, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var faces: [(String, [Float])] = []
    for identity in 0..<identities {
      let face = (0..<64).map { _ in Float.random(in: -1...1, using: &random) }
      for _ in 0..<Int.random(in: 1...images, using: &random) {
        faces.append(
          ("p\(identity)", face.map { $0 + Float.random(in: -noise...noise, using: &random) })
        )
      }
    }
    faces.shuffle(using: &random)
    labels = faces.map(\.0)
    vectors = faces.map(\.1)
  }

  func write(to directory: URL) throws {
    try Data((labels.joined(separator: "\n") + "\n").utf8)
      .write(to: directory.appending(path: "labels.txt"))
    try Data(values).write(to: directory.appending(path: "faces.f32"))
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(labels.count), 64), }"
    header += String(repeating: " ", count: 117 - header.count) + "\n"
    let start: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0]
    try Data(start + Array(header.utf8) + values).write(to: directory.appending(path: "faces.npy"))
  }

  func cosine(_ a: Int, _ b: Int) -> Double {
    func product(_ a: [Float], _ b: [Float]) -> Double {
      zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let (a, b) = (vectors[a], vectors[b])
    return product(a, b) / (product(a, a) * product(b, b)).squareRoot()
  }

  private var values: [UInt8] {
    vectors.flatMap {
      $0.flatMap { value in
        (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
      }
    }
  }
}

/// Scores as they stand in a file.
private struct ScoreLine {
  let a: Int
  let b: Int
  let isGenuine: Bool
  let score: Double

  init(_ line: Substring) throws {
    let fields = line.split(separator: ",")
    try #require(fields.count == 4)
    a = try #require(fields[0].split(separator: "#").last.flatMap { Int($0) })
    b = try #require(fields[1].split(separator: "#").last.flatMap { Int($0) })
    isGenuine = fields[2] == "1"
    score = try #require(Double(fields[3]))
  }

  static func read(_ file: URL) throws -> [ScoreLine] {
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.first == "a,b,genuine,score")
    return try lines.dropFirst().map { try ScoreLine($0) }
  }

  /// The EER by trying all thresholds, the slow way.
  static func equalErrorRate(_ lines: [ScoreLine]) -> Double {
    let genuine = lines.filter(\.isGenuine).map(\.score)
    let impostor = lines.filter { !$0.isGenuine }.map(\.score)
    var before: Double?
    for threshold in lines.map(\.score).sorted() {
      let fnmr = Double(genuine.count { $0 < threshold }) / Double(genuine.count)
      let fmr = Double(impostor.count { $0 >= threshold }) / Double(impostor.count)
      let mean = (fnmr + fmr) / 2
      if fnmr >= fmr { return min(mean, before ?? mean) }
      before = mean
    }
    return before ?? .nan
  }
}

/// The first row of an answer in CSV, by field.
private func firstRow(_ run: Executable.Run) throws -> [String: String] {
  let lines = run.output.split(separator: "\n").map {
    $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
  try #require(lines.count > 1, "\(run.transcript)")
  return Dictionary(uniqueKeysWithValues: zip(lines[0], lines[1]))
}

@Suite("Evaluate faces")
struct EvaluateFacesTests {
  @Test("scores, report and rows belong together, for any number of threads")
  func evaluate() throws {
    let faces = InventedFaces(identities: 70, images: 4, noise: 3, seed: 1)
    try TemporaryDirectory.with { directory in
      try faces.write(to: directory)
      var answers: [String] = []
      for threads in ["1", "3"] {
        let run = try Executable.run(
          [
            "evaluate", "faces", "faces.npy", "--labels", "labels.txt", "--scores",
            "scores\(threads)", "--report", "\(threads).html", "--format", "csv", "--threads",
            threads, "--bootstrap", "30",
          ],
          in: directory
        )
        #expect(run.status == 0, "\(run.transcript)")
        let scores = directory.appending(path: "scores\(threads)/faces.csv")
        let report = directory.appending(path: "\(threads).html")
        answers.append(
          try run.output + String(contentsOf: scores, encoding: .utf8)
            + String(contentsOf: report, encoding: .utf8)
        )
        let lines = try ScoreLine.read(scores)
        try check(lines, faces)
        let row = try firstRow(run)
        let rate = try #require(row["eer"].flatMap(Double.init))
        #expect(abs(rate - ScoreLine.equalErrorRate(lines)) < 1e-12)
        #expect(rate > 0.02 && rate < 0.4)
        #expect(row["name"] == "faces" && row["boundsMethod"] == "bootstrap")
        #expect(try String(contentsOf: report, encoding: .utf8).contains("<h2>Searches</h2>"))
      }
      #expect(answers[0] == answers[1])
    }
  }

  private func check(_ lines: [ScoreLine], _ faces: InventedFaces) throws {
    let count = faces.labels.count
    #expect(lines.count == count * (count - 1) / 2)
    for line in lines {
      #expect(line.isGenuine == (faces.labels[line.a] == faces.labels[line.b]))
      #expect(abs(line.score - faces.cosine(line.a, line.b)) < 1e-6)
    }
  }

  @Test("a sample of the pairs is drawn by the seed, and its scores are those of all pairs")
  func sample() throws {
    let faces = InventedFaces(identities: 60, images: 4, noise: 1, seed: 2)
    try TemporaryDirectory.with { directory in
      try faces.write(to: directory)
      var files: [[UInt8]] = []
      for (name, seed) in [("first", "4"), ("again", "4"), ("other", "5")] {
        let run = try Executable.run(
          [
            "evaluate", "faces", "faces.npy", "--labels", "labels.txt", "--pairs", "50", "--seed",
            seed, "--scores", name, "--format", "csv",
          ],
          in: directory
        )
        let row = try firstRow(run)
        #expect(row["genuine"] == "50" && row["impostor"] == "50", "\(run.transcript)")
        let file = directory.appending(path: "\(name)/faces.csv")
        for line in try ScoreLine.read(file) {
          #expect(line.isGenuine == (faces.labels[line.a] == faces.labels[line.b]))
          #expect(abs(line.score - faces.cosine(line.a, line.b)) < 1e-6)
        }
        files.append([UInt8](try Data(contentsOf: file)))
      }
      #expect(files[0] == files[1] && files[0] != files[2])
    }
  }

  @Test("raw values and the standard input are read like .npy")
  func formats() throws {
    let faces = InventedFaces(identities: 20, images: 3, noise: 1, seed: 3)
    try TemporaryDirectory.with { directory in
      try faces.write(to: directory)
      let bytes = [UInt8](try Data(contentsOf: directory.appending(path: "faces.npy")))
      let options = ["--labels", "labels.txt", "--format", "csv"]
      let runs = [
        try Executable.run(["evaluate", "faces", "faces.npy"] + options, in: directory),
        try Executable.run(
          ["evaluate", "faces", "faces.f32", "--dimension", "64"] + options,
          in: directory
        ),
        try Executable.run(["evaluate", "faces", "-"] + options, input: bytes, in: directory),
      ]
      var rows = try runs.map { try firstRow($0) }
      #expect(rows.map { $0["name"] } == ["faces", "faces", "-"])
      for index in rows.indices { rows[index]["name"] = nil }
      #expect(rows[0] == rows[1] && rows[0] == rows[2])
    }
  }

  @Test(
    "real vectors have the published error rates",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"),
    .enabled(if: BuildMode.isOptimised, "\(BuildMode.notOptimised)"),
    arguments: [
      (name: "edgexsq_512", labels: "labels", eer: 0.0046, rankOne: 0.989),
      (name: "mbfy1_128", labels: "labels", eer: 0.0043, rankOne: 0.991),
      (name: "mbfcasia_128", labels: "labels", eer: 0.0126, rankOne: 0.980),
      (name: "dlib_128", labels: "dlib_labels", eer: 0.0076, rankOne: 0.960),
    ]
  )
  func real(data: (name: String, labels: String, eer: Double, rankOne: Double)) throws {
    let run = try Executable.run([
      "evaluate", "faces", SharedData.url("faces/lfw_dev_\(data.name).npy").path, "--labels",
      SharedData.url("faces/lfw_dev_\(data.labels).txt").path, "--format", "csv",
    ])
    let row = try firstRow(run)
    let rate = try #require(row["eer"].flatMap(Double.init), "\(run.transcript)")
    let rankOne = try #require(row["rankOne"].flatMap(Double.init), "\(run.transcript)")
    #expect(abs(rate - data.eer) < 0.0003, "\(data.name)")
    #expect(abs(rankOne - data.rankOne) < 0.002, "\(data.name)")
  }
}

@Suite("Verify faces")
struct VerifyFacesTests {
  @Test("a vector is the same in every format, and the threshold decides, itself included")
  func formats() throws {
    let faces = InventedFaces(identities: 4, images: 2, noise: 1, seed: 4)
    try TemporaryDirectory.with { directory in
      try faces.write(to: directory)
      let bytes = [UInt8](try Data(contentsOf: directory.appending(path: "faces.npy")))
      let samples = ["faces.npy#1", "faces.f32#1", "-#1"]
      var scores: Set<String> = []
      for sample in samples {
        let dimension = sample.contains(".f32") ? ["--dimension", "64"] : []
        let run = try Executable.run(
          ["verify", "--vectors", "--threshold=-1", "--format", "csv"] + dimension
            + ["--", sample, "faces.npy#2"],
          input: bytes,
          in: directory
        )
        #expect(run.status == 0, "\(run.transcript)")
        let row = try firstRow(run)
        #expect(row["a"] == sample && row["b"] == "faces.npy#2" && row["decision"] == "match")
        scores.insert(try #require(row["score"]))
      }
      let score = try #require(scores.first)
      #expect(scores.count == 1)
      let value = try #require(Float(score))
      #expect(abs(Double(value) - faces.cosine(1, 2)) < 1e-6)
      for (threshold, status) in [(value, 0), (value.nextUp, 1), (value.nextDown, 0)] {
        let run = try Executable.run(
          ["verify", "faces.npy#1", "faces.npy#2", "--threshold=\(threshold)"],
          in: directory
        )
        #expect(run.status == status, "\(run.transcript)")
      }
    }
  }

  @Test("a damaged file is an error in the form of all others", arguments: [0, 5, 60, 127, 300])
  func damaged(length: Int) throws {
    let faces = InventedFaces(identities: 3, images: 1, noise: 1, seed: 5)
    try TemporaryDirectory.with { directory in
      try faces.write(to: directory)
      let file = directory.appending(path: "faces.npy")
      try Data(contentsOf: file).prefix(length).write(to: file)
      let run = try Executable.run(
        ["verify", "faces.npy#0", "faces.npy#1", "--threshold", "0"],
        in: directory
      )
      #expect(run.status == 65, "\(run.transcript)")
      #expect(run.errors.hasPrefix("biomatch: faces.npy"), "\(run.transcript)")
    }
  }
}
