import BiomatchTestSupport
import Foundation
import Testing

@Suite("Enrolment of lists")
struct EnrolmentTests {
  private static let header = "subject,name,born,right-thumb,right-index,face"

  @Test("rows that cannot be enrolled are listed with their places, and keep nobody from it")
  func rejections() throws {
    let scratch = try GalleryScratch()
    try scratch.write(
      "people.csv",
      [
        Self.header,
        "A,\"ERIKSSON, ANNA\",1984-00-00,\(GalleryScratch.finger(1)),amputated,f.npy#0",
        "B,,,nowhere.iso,,", "C,,1984-13-00,,,", "D,,,,", "E,,,,,f.npy#99", ",,,,,", "A,,,,,",
        "F,,,\(GalleryScratch.finger(2)),,",
      ]
    )
    let run = try scratch.keyed("enrol g --manifest people.csv --model m --rejects bad.csv")
    #expect(run.status == 65 && run.errors == "", "\(run.transcript)")
    #expect(run.output == "g: 2 subjects enrolled with 3 samples, 6 rows rejected\n")
    let lines = try scratch.read("bad.csv").split(separator: "\n")
    #expect(lines[0] == "line,column,subject,code,message")
    let fields = lines.dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(
      fields.map { $0.prefix(4).joined(separator: ",") } == [
        "3,5,B,file.not-found", "4,4,C,date.part", "5,6,,csv.ragged-row", "6,7,E,face.missing-row",
        "7,1,,identifier.empty", "8,1,A,gallery.subject-exists",
      ],
      "\(lines)"
    )
    #expect(!scratch.exists("people.csv.state"), "an enrolment that ended leaves no state")
    let shown = try scratch.keyed("show g --subject A --format ndjson")
    #expect(
      shown.output.contains(#""missing":"right-index=amputated","reference":"A/right-thumb""#)
    )
  }

  @Test("NDJSON describes people with any number of samples, and misspelt members are rejected")
  func objects() throws {
    let scratch = try GalleryScratch()
    let finger = GalleryScratch.finger(1)
    try scratch.write(
      "people.ndjson",
      [
        #"{"subject": "A", "name": ["X"], "missing": {"left-thumb": "bandaged"}, "finger": "#
          + #"[{"path": "\#(finger)", "position": "left-index", "reference": "one"}, "#
          + #"{"path": "\#(finger)"}], "face": [{"path": "f.npy#1", "model": "m"}]}"#,
        #"{"subject": "B", "fingers": []}"#, "nonsense", "", #"{"name": []}"#,
        #"{"subject": "C", "face": [{"path": "f.npy#1"}]}"#,
      ]
    )
    let run = try scratch.keyed("enrol g --manifest people.ndjson --rejects bad.csv")
    #expect(run.status == 65, "\(run.transcript)")
    let rejected = try scratch.read("bad.csv").split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).prefix(4).joined(separator: ",")
    }
    #expect(
      rejected == [
        "2,,,enrol.object", "3,,,enrol.object", "5,,,enrol.object", "6,,C,person.face-model",
      ]
    )
    let shown = try scratch.keyed("show g --subject A --format csv")
    #expect(shown.output.contains(",one,finger,left-index,"), "\(shown.transcript)")
    #expect(shown.output.contains(",A/right-thumb,finger,right-thumb,"), "\(shown.transcript)")
    #expect(shown.output.contains(",A/face,face,,,,m,-,64"), "\(shown.transcript)")
  }

  @Test("who is there already, all the same, is recognised with --resume, and only then")
  func recognition() throws {
    let scratch = try GalleryScratch()
    try scratch.write(
      "people.csv",
      [Self.header, "A,X,,\(GalleryScratch.finger(1)),,f.npy#0", "B,,,,,"]
    )
    let call = "enrol g --manifest people.csv --model m"
    #expect(try scratch.keyed(call).status == 0)
    #expect(try scratch.keyed(call).output.contains("2 rows rejected"))
    let again = try scratch.keyed(call + " --resume")
    #expect(
      again.status == 0
        && again.output == "g: 0 subjects enrolled with 0 samples, 2 there already\n",
      "\(again.transcript)"
    )
    _ = try scratch.keyed("update g --subject B --sex X")
    let changed = try scratch.keyed(call + " --resume")
    #expect(changed.status == 65 && changed.output.contains("1 there already, 1 row rejected"))
  }

  @Test("killed at any time and gone on, nobody is enrolled twice and nobody left out")
  func kill() throws {
    let scratch = try GalleryScratch()
    let count = 3500
    // A hundred rows are bad, and reported once.
    let rows = (0..<count).map { number in
      number % 35 == 7 ? "S\(number),,1984-13-00,,," : "S\(number),,,\(GalleryScratch.finger(1)),,"
    }
    try scratch.write("people.csv", [Self.header] + rows)
    let call = #""$BIOMATCH" enrol g --key-file k --manifest people.csv --rejects bad.csv"#
    for delay in [0.3, 0.5, 0.7, 0.4, 0.6] {
      let resume = scratch.exists("people.csv.state") ? "--resume" : ""
      if resume.isEmpty, scratch.exists("bad.csv") { break }
      _ = try scratch.shell("\(call) \(resume) & sleep \(delay); kill -9 $!; wait")
      if scratch.exists("people.csv.state") {
        let unaware = try scratch.shell(call)
        #expect(unaware.status == 64 && unaware.errors.contains("--resume"))
      }
    }
    let run = try scratch.shell("\(call) --resume")
    #expect(run.status == 65 && run.output.contains("100 rows rejected"), "\(run.transcript)")
    #expect(try scratch.info("subjects") == "\(count - 100)")
    let lines = try scratch.read("bad.csv").split(separator: "\n").dropFirst()
    #expect(lines.map { $0.prefix { $0 != "," } } == (0..<100).map { "\($0 * 35 + 7 + 2)" })
    #expect(try scratch.keyed("gallery verify g").status == 0)
  }

  @Test("an enrolment does not go on with another list, or in another gallery")
  func others() throws {
    let scratch = try GalleryScratch()
    // A list that breaks off is enrolled as far as it can be read.
    try scratch.write("people.csv", [Self.header, "A,,,,,", "B,\"open,,,,"])
    let broken = try scratch.keyed("enrol g --manifest people.csv")
    #expect(broken.status == 65 && broken.errors.contains("csv.unterminated-quote"))
    #expect(try scratch.info("subjects") == "1")
    let state = try scratch.read("people.csv.state")
    try scratch.write("people.csv", [Self.header, "Z,,,,,", "B,,,,,"])
    let other = try scratch.keyed("enrol g --manifest people.csv --resume")
    #expect(other.status == 65 && other.errors.contains("enrol.state.list"), "\(other.transcript)")
    try scratch.write("people.csv", [Self.header, "A,,,,,", "B,,,,,"])
    _ = try scratch.run("gallery create h --key-file k")
    let elsewhere = try scratch.keyed("enrol h --manifest people.csv --resume")
    #expect(elsewhere.errors.contains("enrol.state.gallery"), "\(elsewhere.transcript)")
    try scratch.write("people.csv.state", ["{}"])
    let damaged = try scratch.keyed("enrol g --manifest people.csv --resume")
    #expect(damaged.errors.contains("enrol.state.form"), "\(damaged.transcript)")
    try scratch.write("people.csv.state", [state])
    let mended = try scratch.keyed("enrol g --manifest people.csv --resume")
    #expect(mended.output == "g: 2 subjects enrolled with 0 samples\n", "\(mended.transcript)")
  }

  @Test("a list comes from the standard input, without a resume point")
  func standardInput() throws {
    let scratch = try GalleryScratch()
    let run = try scratch.shell(
      #"printf 'subject,finger,extra\nA,\#(GalleryScratch.finger(3)),1\n' "#
        + #"| "$BIOMATCH" enrol g --key-file k --manifest -"#
    )
    #expect(run.output == "g: 1 subject enrolled with 1 sample\n", "\(run.transcript)")
    #expect(run.errors.contains("passed over: extra"), "\(run.transcript)")
    #expect(!scratch.exists("-.state"))
  }
}
