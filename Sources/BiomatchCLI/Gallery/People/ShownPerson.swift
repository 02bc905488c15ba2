import Biomatch
import BiomatchCore
import BiomatchFingerprint
import BiomatchGallery

/// A person of a gallery in the forms that are printed.
struct ShownPerson {
  let person: Person

  /// A row a sample, or one without sample; the person's own fields are the same in each.
  var rows: [Row] {
    let own = Row([
      "subject": .text("\(person.subject)"), "category": .optional(person.category?.string),
      "list": joined(lists), "name": joined(names), "born": .optional(born),
      "sex": .optional(person.demographics.sex?.rawValue), "nationality": joined(nationalities),
      "document": joined(documents), "missing": joined(person.fingers.map(PersonText.text)),
    ])
    return person.samples.isEmpty
      ? [own.appending(sampleRow(nil))] : person.samples.map { own.appending(sampleRow($0)) }
  }

  /// For people.
  var text: String {
    let lines: [(String, [String])] = [
      ("subject", ["\(person.subject)"]),
      ("category", [person.category?.string].compactMap(\.self)),
      ("lists", lists), ("name", names), ("born", [born].compactMap(\.self)),
      ("sex", [person.demographics.sex?.rawValue].compactMap(\.self)),
      ("nationality", nationalities), ("document", documents),
      ("fingers", person.fingers.map { "\($0.position.label) \($0.condition)" }),
    ]
    let known = lines.filter { !$0.1.isEmpty }.map { name, values in
      name + String(repeating: " ", count: 13 - name.count) + values.joined(separator: "; ") + "\n"
    }.joined()
    guard !person.samples.isEmpty else { return known + "no samples\n" }
    let table = TextTable(
      header: ["reference", "kind", "finger", "quality", "format or model"],
      rows: person.samples.map { sample in
        switch sample {
        case .finger(let finger):
          [
            finger.reference.string, "finger", finger.position?.label ?? "-",
            finger.quality.map { "\($0)" } ?? "-", finger.format?.rawValue ?? "-",
          ]
        case .face(let face):
          [
            face.reference.string, "face", "-", face.quality.map { "\($0)" } ?? "-",
            "\(face.model), \(face.vector.count) values",
          ]
        }
      }
    )
    return known + "\n" + table.text
  }

  private var lists: [String] { person.lists.sorted().map(\.string) }
  private var names: [String] { person.demographics.names.map(PersonText.text) }
  private var nationalities: [String] { person.demographics.nationalities.map { "\($0)" } }
  private var documents: [String] { person.demographics.documents.map(PersonText.text) }
  private var born: String? {
    let date = person.demographics.birthDate
    return date.isUnknown ? nil : "\(date)"
  }

  private func joined(_ values: [String]) -> Row.Value {
    values.isEmpty ? .none : .text(values.joined(separator: ";"))
  }

  private func sampleRow(_ sample: Sample?) -> Row {
    var finger: FingerSample?
    var face: FaceSample?
    switch sample {
    case .finger(let value): finger = value
    case .face(let value): face = value
    case nil: break
    }
    return Row([
      "reference": .optional(sample?.reference.string), "kind": .optional(sample?.kind.rawValue),
      "position": .optional(finger?.position?.label),
      "quality": .optional((finger?.quality ?? face?.quality).map(Int.init)),
      "format": .optional(finger?.format?.rawValue), "model": .optional(face?.model.name),
      "modelVersion": .optional(face?.model.version), "dimension": .optional(face?.vector.count),
    ])
  }
}
