/// The identifiers of rows in memory.
package struct MemoryRows: Sendable {
  package private(set) var references: [ReferenceID] = []
  package private(set) var subjects: [SubjectID] = []

  /// No rows yet.
  package init() {}

  package var count: Int { references.count }

  /// Asks for just that much memory, which appending alone would round up.
  package mutating func reserveCapacity(_ count: Int) {
    references.reserveCapacity(count)
    subjects.reserveCapacity(count)
  }

  package mutating func append(reference: ReferenceID, subject: SubjectID) {
    references.append(reference)
    subjects.append(subject)
  }

  package mutating func append(_ rows: Range<Int>, of other: MemoryRows) {
    references += other.references[rows]
    subjects += other.subjects[rows]
  }
}
