import BiomatchCore
import BiomatchFace
import GRDB

extension SearchSnapshot {
  /// The rows whose subjects pass the filters; `nil` for all.
  ///
  /// Rows chosen by lists and categories alone are kept for the next search of this generation.
  ///
  /// - Parameters:
  ///   - model: of the faces; `nil` for fingers.
  ///   - select: chooses rows by their subjects.
  func selection(
    _ options: IdentificationOptions,
    _ model: FaceModel?,
    _ select: ((SubjectID) -> Bool) throws -> RowSelection
  ) async throws -> RowSelection? {
    let key = KeptSelections.Key(
      lists: options.lists,
      categories: options.categories,
      model: model
    )
    if options.lists == nil, options.categories == nil {
      return try options.predicate.map { try select($0) }
    }
    if options.predicate == nil, let kept = moment.selections[key] { return kept }
    let members = try await store.subjects(lists: options.lists, categories: options.categories)
    let selection = try select { members.contains($0) && options.predicate?($0) ?? true }
    if options.predicate == nil { moment.selections[key] = selection }
    return selection
  }
}

extension Store {
  /// The subjects on any of the lists who are of any of the categories.
  ///
  /// - Throws: ``GalleryError/listUnknown(_:)``.
  func subjects(lists: Set<Label>?, categories: Set<Label>?) async throws -> Set<SubjectID> {
    try await read { db in
      var conditions: [String] = []
      var arguments: [String] = []
      if let categories {
        conditions.append("category IN (\(Self.places(categories.count)))")
        arguments += categories.sorted().map(\.string)
      }
      if let lists {
        let known = Set(try String.fetchAll(db, sql: "SELECT name FROM list"))
        for list in lists.sorted() where !known.contains(list.string) {
          throw GalleryError.listUnknown(list)
        }
        conditions.append(
          "number IN (SELECT subject FROM membership WHERE list IN (\(Self.places(lists.count))))"
        )
        arguments += lists.sorted().map(\.string)
      }
      let sql = "SELECT identifier FROM subject WHERE \(conditions.joined(separator: " AND "))"
      var subjects: Set<SubjectID> = []
      let rows = try String.fetchCursor(db, sql: sql, arguments: StatementArguments(arguments))
      while let identifier = try rows.next() { subjects.insert(try SubjectID(identifier)) }
      return subjects
    }
  }

  private static func places(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ", ")
  }
}
