import BiomatchCore
import Foundation
import GRDB

extension RecordWriter {
  /// Changes a subject. Errors are found anywhere on the way: call it within ``attempt(_:)``.
  mutating func update(_ update: PreparedUpdate, _ vault: KeyVault?) throws {
    guard let row = try SubjectRow.fetch(db, update.subject) else {
      throw GalleryError.subjectUnknown(update.subject)
    }
    let key = try vault.map { try $0.read { try $0.key(row.key, of: update.subject) } }
    var sealer = try RecordSealer(key, subject: update.subject, gallery: gallery)
    let version = row.version + 1
    try updateProfile(update.changes, row, &sealer, version: version)
    try updateSamples(update, row, &sealer, version: version)
    if let lists = update.changes.lists {
      for list in lists.sorted() where try !hasList(list) { throw GalleryError.listUnknown(list) }
      try leaveLists(row.number)
      try join(lists, row.number)
    }
  }

  private mutating func updateProfile(
    _ changes: PersonChanges,
    _ row: SubjectRow,
    _ sealer: inout RecordSealer,
    version: Int64
  ) throws {
    let opened = try sealer.open(profile: row.profile, version: row.version)
    let (demographics, fingers) = try GalleryError.reading(row.identifier, nil) {
      try ProfileCoding.decode(opened)
    }
    let profile = ProfileCoding.encode(
      changes.demographics ?? demographics,
      changes.fingers ?? fingers
    )
    var category = row.category
    if case .set(let other) = changes.category { category = other }
    try execute(
      "UPDATE subject SET category = ?, version = ?, changed = ?, profile = ? WHERE number = ?",
      [
        category?.string, version, generation, try sealer.seal(profile: profile, version: version),
        row.number,
      ]
    )
    noteChange()
  }

  private mutating func updateSamples(
    _ update: PreparedUpdate,
    _ row: SubjectRow,
    _ sealer: inout RecordSealer,
    version: Int64
  ) throws {
    for reference in update.changes.removed {
      guard let sample = try SampleRow.fetch(db, reference), sample.subject == row.number else {
        throw GalleryError.referenceUnknown(reference, subject: update.subject)
      }
      try remove(sample)
    }
    for prepared in update.samples {
      let sample = prepared.sample
      guard try SampleRow.fetch(db, sample.reference) == nil else {
        throw GalleryError.referenceExists(sample.reference)
      }
      if let (model, dimension) = prepared.model, let expected = self.dimension(of: model),
        expected != dimension
      {
        throw GalleryError.dimension(sample.reference, expected: expected, found: dimension)
      }
      let content = try sealer.seal(sample: sample, version: version)
      try insert(prepared, content, of: update.subject, row.number, version: version)
    }
  }

  private func hasList(_ name: Label) throws -> Bool {
    try Int.fetchOne(db, sql: "SELECT 1 FROM list WHERE name = ?", arguments: [name.string]) != nil
  }
}
