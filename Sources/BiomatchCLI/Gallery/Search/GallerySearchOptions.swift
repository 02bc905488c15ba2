import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchGallery

/// What a search can say in a gallery, and not in an index.
struct GallerySearchOptions: ParsableArguments {
  @Option(name: .long, help: "In a gallery: only people on this list; may be repeated.")
  var list: [String] = []

  @Option(name: .long, help: "In a gallery: only people of this category; may be repeated.")
  var category: [String] = []

  @Flag(name: .long, help: "In a gallery: all fingers given are of one person.")
  var together = false

  @Flag(name: .long, help: "In a gallery: compare with all fingers, not just the same one.")
  var anyPosition = false

  @OptionGroup var model: ModelOptions
  @OptionGroup var key: KeyOptions

  /// Throws for an option that an index has no use for.
  func refuse(_ index: String) throws {
    let given = [
      ("--list", !list.isEmpty), ("--category", !category.isEmpty), ("--together", together),
      ("--any-position", anyPosition), ("--model", model.model != nil),
      ("--key-file", key.keyFile != nil), ("--key-env", key.keyEnv != nil),
      ("--key-command", key.keyCommand != nil), ("--in-clear", key.inClear),
    ]
    guard let (name, _) = given.first(where: \.1) else { return }
    throw UsageError.option(
      name,
      rule: "the option is for galleries, and \(index) is none",
      remedy: "leave it out, or check the path"
    )
  }
}
