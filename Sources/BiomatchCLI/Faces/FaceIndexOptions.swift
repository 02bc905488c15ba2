import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFace

/// Which face vectors become an index, and how they are called.
struct FaceIndexOptions: ParsableArguments {
  @Option(name: .long, help: "A file of face vectors; - is the standard input.")
  var faces: String?

  @Option(name: .long, help: "Whose vectors they are, an identifier a line.")
  var labels: String?

  @Option(name: .long, help: "The labels are a CSV file, and the persons in this column.")
  var labelColumn: String?

  @Option(name: .long, help: "The vectors' own identifiers, one a line.")
  var ids: String?

  @Option(name: .long, help: "The ids are a CSV file, and the identifiers in this column.")
  var idColumn: String?

  @Option(name: .long, help: "The model that made the vectors, edgeface-xs for example.")
  var model: String?

  @Option(name: .long, help: "The model's version.")
  var modelVersion = "-"

  @OptionGroup var files: FaceFileOptions

  func validate() throws {
    guard faces != nil else {
      let given = [labels, labelColumn, ids, idColumn, model].contains { $0 != nil }
      guard !given else {
        throw ValidationError("--labels, --ids and --model go with --faces")
      }
      return
    }
    if labelColumn != nil, labels == nil {
      throw ValidationError("--label-column needs --labels")
    }
    if idColumn != nil, ids == nil { throw ValidationError("--id-column needs --ids") }
    guard [faces, labels, ids].count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("the standard input can be one file only")
    }
  }
}
