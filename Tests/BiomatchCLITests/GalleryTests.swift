import BiomatchTestSupport
import Foundation
import Testing

@Suite("Galleries")
struct GalleryTests {
  private static let full = [
    "--name", "ERIKSSON, ANNA MARIA", "--born", "1984-00-00", "--sex", "F", "--nationality", "UTO",
    "--document", "P:L898902C3:UTO:2030-04-15", "--missing", "left-thumb=amputated",
  ]

  @Test("a person is enrolled, shown, changed and erased, and the receipt holds")
  func life() throws {
    let scratch = try GalleryScratch()
    let finger = GalleryScratch.finger(2)
    let enrolled = try scratch.keyed(
      "enrol g --subject P1 --category visa --finger right-index=\(finger) --face f.npy#0 --model m",
      Self.full
    )
    #expect(enrolled.output == "g: subject P1 enrolled with 2 samples\n", "\(enrolled.transcript)")
    let shown = try scratch.keyed("show g --subject P1 --format csv")
    let person = #"P1,visa,,"ERIKSSON, ANNA MARIA",1984-00-00,F,UTO,P:L898902C3:UTO:2030-04-15,"#
    #expect(
      shown.output.split(separator: "\n").dropFirst() == [
        Substring(
          person + "left-thumb=amputated,P1/right-index,finger,right-index,0,iso-2005,,,"
        ),
        Substring(person + "left-thumb=amputated,P1/face,face,,,,m,-,64"),
      ],
      "\(shown.transcript)"
    )
    let changed = try scratch.keyed(
      "update g --subject P1 --remove P1/face --finger right-index=\(GalleryScratch.finger(2, 2))"
        + " --no-category --present left-thumb --no-documents --sex X"
    )
    #expect(changed.status == 0, "\(changed.transcript)")
    let again = try scratch.keyed("show g --subject P1 --format csv")
    #expect(
      again.output.split(separator: "\n").dropFirst().map { $0.suffix(70) }
        == [
          "1984-00-00,X,UTO,,,P1/right-index,finger,right-index,0,iso-2005,,,",
          "1984-00-00,X,UTO,,,P1/right-index-2,finger,right-index,0,iso-2005,,,",
        ].map { #","ERIKSSON, ANNA MARIA",\#($0)"#.suffix(70) },
      "\(again.transcript)"
    )
    let erased = try scratch.keyed("delete g --subject P1 --receipt r.json")
    #expect(erased.output == "g: subject P1 erased with 2 samples; receipt in r.json\n")
    let key = try scratch.info("receiptKey")
    for source in ["--gallery g --key-file k", "--public-key \(key)"] {
      let checked = try scratch.run("gallery check-receipt r.json \(source)")
      #expect(checked.status == 0, "\(checked.transcript)")
    }
    let receipt = try scratch.read("r.json")
    try scratch.write("r.json", [receipt.replacing(#""P1""#, with: #""P2""#)])
    for source in ["--gallery g --key-file k", "--public-key \(key)"] {
      let forged = try scratch.run("gallery check-receipt r.json \(source)")
      #expect(forged.status == 65 && forged.errors.contains("r.json: "), "\(forged.transcript)")
    }
    let gone = try scratch.keyed("show g --subject P1")
    #expect(gone.status == 65 && gone.errors.hasPrefix("biomatch: g, subject P1: "))
    #expect(try scratch.info("subjects") == "0")
  }

  @Test("without a file for it, the receipt is the answer")
  func receipt() throws {
    let scratch = try GalleryScratch()
    _ = try scratch.keyed("enrol g --subject P1")
    let early = try scratch.keyed("delete g --subject P1 --receipt nowhere/r.json")
    #expect(early.status == 73, "\(early.transcript)")
    #expect(try scratch.info("subjects") == "1")
    let erased = try scratch.keyed("delete g --subject P1")
    #expect(erased.output.contains(#""subject" : "P1""#), "\(erased.transcript)")
    let checked = try scratch.shell(
      "echo '\(erased.output)' | \"$BIOMATCH\" gallery check-receipt - --gallery g --key-file k"
    )
    #expect(checked.status == 0, "\(checked.transcript)")
  }

  @Test("lists tell their purpose, and searches keep to them")
  func lists() throws {
    let scratch = try GalleryScratch()
    let define = "list define g --name watch --purpose wanted --legal-basis"
    for (basis, status) in [("act", Int32(0)), ("act", 0), ("law", 65)] {
      #expect(try scratch.keyed("\(define) \(basis)").status == status)
    }
    for (subject, number, list) in [("P1", 1, "--list watch"), ("P2", 1, "--category visa")] {
      let run = try scratch.keyed(
        "enrol g --subject \(subject) --finger \(GalleryScratch.finger(number)) \(list)"
      )
      #expect(run.status == 0, "\(run.transcript)")
    }
    let lists = try scratch.keyed("list g --format csv")
    #expect(lists.output == "name,subjects,purpose,legalBasis\nwatch,1,wanted,act\n")
    let entries = try scratch.keyed("list g --name watch --format csv")
    #expect(entries.output == "list,subject\nwatch,P1\n")
    let probe = "--finger \(GalleryScratch.finger(1, 2)) --format csv"
    for (filter, subjects) in [
      ("", ["P1", "P2"]), ("--list watch", ["P1"]), ("--category visa", ["P2"]),
    ] {
      let found = try scratch.keyed("search g \(probe) \(filter)")
      let names = found.output.split(separator: "\n").dropFirst().map {
        String($0.split(separator: ",")[3])
      }
      #expect(names == subjects, "\(found.transcript)")
    }
    let unknown = try scratch.keyed("search g \(probe) --list lost")
    #expect(unknown.status == 65 && unknown.errors.contains("g, list lost"))
    _ = try scratch.keyed("update g --subject P1 --unlist watch")
    #expect(try scratch.keyed("list g --name watch --format csv").output == "list,subject\n")
    #expect(try scratch.keyed("list remove g --name watch").status == 0)
    #expect(try scratch.keyed("list g --format csv").output == "name,subjects,purpose,legalBasis\n")
  }

  @Test("a search finds people by finger, by several fingers and by face, and verify scores alike")
  func search() throws {
    let scratch = try GalleryScratch()
    for person in 0..<5 {
      let fingers = [1, 2].map { GalleryScratch.finger(person * 10 + $0) }
      let run = try scratch.keyed(
        "enrol g --subject P\(person) --finger \(fingers[0]) \(fingers[1]) --face f.npy#\(person * 2)"
          + " --model m"
      )
      #expect(run.status == 0, "\(run.transcript)")
    }
    let (thumb, index) = (GalleryScratch.finger(31, 2), GalleryScratch.finger(32, 2))
    for (probe, noun, verify) in [
      ("--finger \(thumb)", "right-thumb", ""),
      ("--finger \(thumb) \(index) --together", "right-thumb", ""),
      ("--face f.npy#7", "face", "--threshold 0.3"),
    ] {
      let found = try scratch.keyed("search g \(probe) --top 1 --format csv")
      #expect(
        found.output.hasPrefix("probe,rank,reference,subject,score,searched,total\n"),
        "\(found.transcript)"
      )
      let best = found.output.split(separator: "\n").dropFirst().first?.split(separator: ",")
      #expect(best?[2] == "P3/\(noun)" && best?[3] == "P3", "\(found.transcript)")
      let options = probe.replacing(" --together", with: "")
      let same = try scratch.keyed("verify g --subject P3 \(options) \(verify) --format csv")
      #expect(same.status == 0, "\(same.transcript)")
      #expect(
        same.output.split(separator: "\n").last?.split(separator: ",")[2] == best?[4],
        "\(same.transcript)"
      )
      let other = try scratch.keyed("verify g --subject P2 \(options) \(verify)")
      #expect(other.status == 1 && other.output.hasPrefix("no match"), "\(other.transcript)")
    }
    // A ring finger of people who have none here.
    let none = try scratch.keyed("search g --finger \(GalleryScratch.finger(34, 2)) --format csv")
    #expect(none.output.hasSuffix("_2.iso,,,,,0,0\n"), "\(none.transcript)")
    let missing = try scratch.keyed("verify g --subject P3 --finger \(GalleryScratch.finger(34))")
    #expect(missing.status == 1 && missing.output.contains("no such sample"))
    let any = try scratch.keyed(
      "search g --finger \(GalleryScratch.finger(34, 2)) --any-position --format csv"
    )
    #expect(any.output.hasSuffix(",10,10\n"), "\(any.transcript)")
    #expect(scratch.exists("g/index"), "a search leaves its indexes for the next")
  }

  @Test("a gallery comes back from a backup and an export of keys, without who was erased since")
  func backup() throws {
    let scratch = try GalleryScratch()
    for subject in ["P1", "P2"] { _ = try scratch.keyed("enrol g --subject \(subject)") }
    #expect(try scratch.keyed("gallery export-keys g -o early").status == 0)
    _ = try scratch.keyed("enrol g --subject P3")
    #expect(try scratch.keyed("gallery backup g -o b").status == 0)
    _ = try scratch.keyed("delete g --subject P2")
    let export = "gallery export-keys g --export-key-file safe --new-key -o late"
    #expect(try scratch.keyed(export).status == 0)
    let early = try scratch.keyed("gallery restore b --keys early -o r")
    #expect(early.errors.contains("gallery.keys-too-old") && !scratch.exists("r"))
    let alone = try scratch.keyed("gallery restore b -o r")
    #expect(alone.status == 64 && alone.errors.contains("--keys"), "\(alone.transcript)")
    let restored = try scratch.run(
      "gallery restore b --keys late --export-key-file safe --key-file k -o r"
    )
    #expect(
      restored.output == "r: restored from b, without 1 subject erased since\n",
      "\(restored.transcript)"
    )
    #expect(try scratch.info("subjects", of: "r") == "2")
    #expect(try scratch.keyed("gallery verify r").status == 0)
    #expect(try scratch.keyed("gallery compact r").output == "r: compacted, 2 subjects\n")
  }

  @Test("after a rotation the new key opens the gallery, and the old one does not")
  func rotation() throws {
    let scratch = try GalleryScratch()
    _ = try scratch.keyed("enrol g --subject P1")
    let rotated = try scratch.keyed("gallery rotate-key g --new-key-file k2 --new-key")
    #expect(rotated.output == "g: now under the key of file k2\n", "\(rotated.transcript)")
    let old = try scratch.keyed("gallery info g")
    #expect(old.status == 77 && old.errors.contains("gallery.wrong-key"), "\(old.transcript)")
    #expect(try scratch.info("subjects", key: "k2") == "1")
  }

  @Test("a key comes from a file, the environment or a command, and nowhere else")
  func keys() throws {
    let scratch = try GalleryScratch()
    for (command, status) in [
      (#"gallery info g"#, Int32(77)), (#"gallery info g --key-command "cat 'k'""#, 0),
      (#"gallery info g --key-command "cat 'k""#, 64),
      (#"gallery info g --key-command nothing"#, 77),
      (#"gallery info g --key-env KEY"#, 77), (#"gallery info g --key-env KEY --key-file k"#, 64),
      (#"gallery info g --key-file nowhere"#, 66),
    ] {
      let run = try scratch.shell(#""$BIOMATCH" \#(command)"#)
      #expect(run.status == status, "\(run.transcript)")
    }
    for variables in ["KEY=$(cat k)", "BIOMATCH_KEY_FILE=k"] {
      let option = variables.hasPrefix("KEY") ? "--key-env KEY" : ""
      let run = try scratch.shell(#"\#(variables) "$BIOMATCH" gallery info g \#(option)"#)
      #expect(run.status == 0, "\(run.transcript)")
    }
    let open = try scratch.shell(#"chmod 644 k; "$BIOMATCH" gallery info g --key-file k"#)
    #expect(open.status == 77 && open.errors.contains("file.not-private"), "\(open.transcript)")
  }

  @Test("a gallery in clear is asked for, and no key opens it")
  func clear() throws {
    let scratch = try GalleryScratch()
    #expect(try scratch.run("gallery create c").status == 64)
    #expect(try scratch.run("gallery create c --in-clear").status == 0)
    #expect(try scratch.run("enrol c --subject P1").status == 0)
    #expect(try scratch.keyed("gallery info c").status == 77)
    let told = try scratch.shell(
      #"BIOMATCH_KEY_FILE=k "$BIOMATCH" gallery info c --in-clear --format csv"#
    )
    #expect(told.output.contains(",false,"), "\(told.transcript)")
  }

  @Test("a key that anything may be sealed under is never removed, another is")
  func newKeys() throws {
    let scratch = try GalleryScratch()
    let again = try scratch.run("gallery create g --key-file k --new-key")
    #expect(again.status == 73 && scratch.exists("k"), "\(again.transcript)")
    let taken = try scratch.run("gallery create h --key-file k --new-key")
    #expect(taken.status == 64 && !scratch.exists("h"), "\(taken.transcript)")
    let parent = try scratch.run("gallery create no/h --key-file new --new-key")
    #expect(parent.status == 73 && !scratch.exists("new"), "\(parent.transcript)")
    #expect(try scratch.info("subjects") == "0")
  }

  @Test("a second writer is told so, and readers go on")
  func writers() throws {
    let scratch = try GalleryScratch()
    _ = try scratch.keyed("enrol g --subject P1 --finger \(GalleryScratch.finger(1))")
    for (command, status) in [
      ("enrol g --subject P2", Int32(77)), ("delete g --subject P1", 77), ("gallery info g", 0),
      ("search g --finger \(GalleryScratch.finger(1, 2))", 0),
    ] {
      let run = try scratch.shell(#"flock g "$BIOMATCH" \#(command) --key-file k"#)
      #expect(run.status == status, "\(run.transcript)")
      #expect(status == 0 || run.errors.contains("gallery.in-use"), "\(run.transcript)")
    }
  }

  @Test("damage is found, and each finding is an error with a remedy")
  func damage() throws {
    let scratch = try GalleryScratch()
    _ = try scratch.keyed("enrol g --subject P1 --face f.npy#0 --model m")
    _ = try scratch.keyed("gallery compact g")
    let path = scratch.directory.file("g/gallery.sqlite")
    var bytes = try Data(contentsOf: URL(filePath: path))
    let reference = try #require(bytes.range(of: Data("P1/face".utf8)))
    bytes[reference.lowerBound] = UInt8(ascii: "Q")
    try bytes.write(to: URL(filePath: path))
    let run = try scratch.keyed("gallery verify g --format json")
    #expect(run.status == 65 && run.output.contains(#""state":"damaged""#), "\(run.transcript)")
    #expect(run.errors.contains("gallery.finding."), "\(run.transcript)")
  }
}
