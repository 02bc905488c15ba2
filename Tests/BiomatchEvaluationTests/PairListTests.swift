import BiomatchCore
import BiomatchEvaluation
import BiomatchTestSupport
import Foundation
import Testing

@Suite("Pair lists and score lists")
struct PairListTests {
  @Test("columns may come in any order and among others")
  func columns() throws {
    let text = "score,genuine,b,remark,a\n1.5,1,y,\"n,m\",x\n,false,z,,x\nNaN,true,z,,y\n"
    let list = try PairList(csv: Array(text.utf8))
    #expect(
      list.pairs == [
        PairList.Pair(a: "x", b: "y", isGenuine: true),
        PairList.Pair(a: "x", b: "z", isGenuine: false),
        PairList.Pair(a: "y", b: "z", isGenuine: true),
      ]
    )
    let set = try ScoreSet(name: "s", csv: Array(text.utf8)) { String($0.prefix(1)) }
    #expect(set.failures == 2)
    #expect(set.genuineCount == 2)
    #expect(set.impostorCount == 1)
    #expect(set.hasSubjects)
    #expect(ErrorCurve(of: set).points.map(\.threshold) == [0, 1.5, nil])
  }

  @Test(
    "refuses what is not a flag or a score, with line and column",
    arguments: [
      ("a,b,genuine,score\nx,y,1,2\nx,y,yes,3\n", 3, 5, "genuine"),
      ("a,b,genuine,score\nx,y,1,much\n", 2, 7, "score"),
      ("a,b,genuine,score\nx,y,1,inf\n", 2, 7, "score"),
    ]
  )
  func badValues(text: String, line: Int, column: Int, field: String) {
    do {
      _ = try ScoreSet(name: "s.csv", csv: Array(text.utf8))
      Issue.record("\(text.debugDescription) was accepted")
    } catch {
      #expect(error.code == "csv.value")
      #expect(
        error.location
          == ErrorLocation(file: "s.csv", line: line, column: column, field: field)
      )
    }
  }

  @Test("a missing column is named")
  func missingColumn() {
    do {
      _ = try PairList(csv: Array("a,b\n".utf8))
      Issue.record("a list without the column genuine was accepted")
    } catch {
      #expect(error.code == "csv.missing-column")
    }
  }

  @Test("scores are written as they were and read back")
  func writing() throws {
    let list = PairList(pairs: [
      PairList.Pair(a: "a,1", b: "b", isGenuine: true),
      PairList.Pair(a: "c", b: "d", isGenuine: false),
      PairList.Pair(a: "e", b: "f", isGenuine: false),
    ])
    let bytes = try list.csv(scores: [412, 0.1, nil])
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "a,b,genuine,score\n\"a,1\",b,1,412\nc,d,0,0.1\ne,f,0,\n"
    )
    #expect(try PairList(csv: bytes) == list)
    #expect(try ScoreSet(name: "s", csv: bytes).failures == 1)
  }

  @Test(
    "reads every development list",
    .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence))
  )
  func developmentLists() throws {
    let directory = try SharedData.url("fingerprints/pairs")
    let files = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
    var genuine = 0
    var impostor = 0
    for file in files where file.hasSuffix(".csv") {
      let list = try PairList(file: directory.appending(path: file).path)
      genuine += list.pairs.count(where: \.isGenuine)
      impostor += list.pairs.count { !$0.isGenuine }
    }
    #expect(genuine == 2 * 2296)
    #expect(impostor == 2 * 31_008)
  }
}
