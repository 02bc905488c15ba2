import BiomatchCore

/// An index directory written by somebody who knows the format, with right checksums and any content.
package struct ForgedIndex {
  /// A segment with rows.
  package struct Rows {
    /// The rows' references; each has the subject `s`.
    package var references: [String]
    /// The sections behind the identifiers, in their order.
    package var sections: [(label: SegmentLabel, bytes: [UInt8])]
    /// How many rows the manifest tells; as many as there are for `nil`.
    package var claimedRows: Int?

    /// Rows of those references and sections.
    package init(
      _ references: [String],
      _ sections: [(label: SegmentLabel, bytes: [UInt8])],
      claimedRows: Int? = nil
    ) {
      self.references = references
      self.sections = sections
      self.claimedRows = claimedRows
    }
  }

  /// Kind and engine.
  package let format: IndexFormat
  /// What the rows were made with.
  package var parameters: ParameterDigest
  /// The kind's own members of the manifest.
  package var details: [IndexDetail] = []
  /// The segments with rows.
  package var segments: [Rows] = []
  /// The marks of removed rows; no such file for `nil`.
  package var removed: [UInt8]?
  /// How many rows the manifest tells to be removed.
  package var claimedRemoved = 0
  /// The manifest's revision.
  package var revision: UInt64 = 1
  /// The manifest's generation.
  package var generation: UInt64 = 1

  /// An index without rows.
  package init(_ format: IndexFormat, _ parameters: ParameterDigest) {
    self.format = format
    self.parameters = parameters
  }

  /// Writes the directory.
  package func write(to path: String) throws {
    try FileBytes.createDirectory(path)
    let directory = IndexDirectory(path: path)
    var manifest = IndexManifest(
      format: format,
      parameters: parameters,
      details: details,
      revision: revision,
      generation: generation
    )
    for (index, rows) in segments.enumerated() {
      let name = IndexFileName.rows(revision: 1, number: index + 1)
      let identity = format.identity(parameters)
      let segment = try segment(directory.path(of: name), identity, rows)
      manifest.segments.append(
        IndexManifest.File(segment, name: name, rows: rows.claimedRows ?? segment.rowCount)
      )
    }
    if let removed {
      let name = IndexFileName.removed(revision: 1)
      let identity = format.removalsIdentity(parameters)
      let marks = Rows([], [("removed", removed)])
      let segment = try segment(directory.path(of: name), identity, marks)
      manifest.removed = IndexManifest.File(segment, name: name, rows: claimedRemoved)
    }
    try directory.publish(manifest)
  }

  private func segment(
    _ path: String,
    _ identity: SegmentIdentity,
    _ rows: Rows
  ) throws -> Segment {
    var writer = try SegmentWriter(path: path, identity: identity, generation: 1)
    if !rows.references.isEmpty {
      var identifiers = SegmentRows()
      for reference in rows.references {
        identifiers.append(reference: try ReferenceID(reference), subject: try SubjectID("s"))
      }
      try writer.writeRows(identifiers)
    }
    for section in rows.sections {
      try writer.beginSection(section.label)
      try writer.append(section.bytes)
    }
    try writer.publish()
    return try Segment(path: path)
  }

  /// The bytes of a section of numbers.
  package static func bytes(_ numbers: [UInt32]) -> [UInt8] {
    numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
  }
}
