/// The results of measuring a gallery for people.
struct GalleryBenchTable {
  let results: BenchResults

  private static let rows = [
    ("limit.flush", "flushes of the device a second"),
    ("enrol.bulk", "bulk enrolment, people a second"),
    ("enrol.single", "enrolments a second, one after the other"),
    ("enrol.single.median", "one enrolment, ms (median)"),
    ("enrol.together", "enrolments a second, 200 at once"),
    ("search.finger", "search by a finger on one thread, ms (median)"),
    ("search.finger.beside", "the same while a thread enrols"),
    ("search.finger.ratio", "ratio of the two"),
    ("search.face", "search by a face on one thread, ms (median)"),
    ("search.face.beside", "the same while a thread enrols"),
    ("search.face.ratio", "ratio of the two"),
    ("read", "samples read and opened a second"),
    ("erase", "erasure with receipt, ms"),
    ("erase.together", "erasure of fifty at once, ms each"),
    ("close", "closing, ms"),
    ("size.records", "records, bytes a person"),
    ("size.index", "indexes, bytes a person"),
    ("open", "opening, ms"),
    ("open.memory", "memory that opening takes, MB"),
    ("open.search", "first search by finger and face, ms"),
    ("open.search.memory", "memory after it, MB"),
    ("rebuild", "indexes made anew, people a second"),
  ]

  var text: String {
    let columns = results.parameters
    let table = TextTable(
      header: ["gallery"] + columns,
      rows: Self.rows.compactMap { name, title in
        let values = columns.map { results.value(name, nil, $0) }
        guard values.contains(where: { !$0.isNaN }) else { return nil }
        return [title] + values.map { $0.isNaN ? "" : JSONText.number($0) }
      }
    )
    return results.description + "\n\n" + table.text
  }
}
