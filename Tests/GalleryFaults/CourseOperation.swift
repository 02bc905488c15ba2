/// Something that a course does to a gallery; people are numbers, and so are keys and backups.
package enum CourseOperation: Codable, Hashable, Sendable {
  case create
  /// Enrols people in one call: all of them or none.
  case enrol([Int])
  /// Brings a person to a version.
  case update(Int, version: Int)
  case erase(Int)
  /// Puts the gallery under another key.
  case rotate(Int)
  case compact
  case backup(Int)
  /// Exports the keys for a backup.
  case export(Int)

  package var kind: OperationKind {
    switch self {
    case .create: .create
    case .enrol: .enrol
    case .update: .update
    case .erase: .erase
    case .rotate: .rotate
    case .compact: .compact
    case .backup: .backup
    case .export: .export
    }
  }
}

/// The kinds of operations.
package enum OperationKind: String, Codable, Hashable, Sendable, CaseIterable {
  case create, enrol, update, erase, rotate, compact, backup, export
}

/// What a gallery has after a course: what was acknowledged, nothing else.
package struct CourseState: Codable, Hashable, Sendable {
  /// The version of each person.
  package var people: [Int: Int] = [:]
  /// The key that opens the gallery.
  package var key = 0
  /// The last backup, and whom it has.
  package var backup: Backup?
  /// Whether the gallery was created.
  package var exists = false
  /// Numbers of people, keys and backups that were never used.
  package var next = 1

  package struct Backup: Codable, Hashable, Sendable {
    package var number: Int
    package var people: [Int: Int]
    /// Whether the keys were exported after it, and who had been erased by then.
    package var erasedBeforeExport: Set<Int>?
  }

  package init() {}

  /// What an operation makes of it.
  package mutating func apply(_ operation: CourseOperation) {
    switch operation {
    case .create: exists = true
    case .enrol(let numbers): for number in numbers { people[number] = 1 }
    case .update(let number, let version): people[number] = version
    case .erase(let number): people[number] = nil
    case .rotate(let number): key = number
    case .compact: break
    case .backup(let number): backup = Backup(number: number, people: people)
    case .export(let number):
      guard let copied = backup, copied.number == number else { return }
      backup?.erasedBeforeExport = Set(copied.people.keys).subtracting(people.keys)
    }
    note(operation)
  }

  /// Keeps the numbers of an operation from being used again, whatever became of it.
  package mutating func note(_ operation: CourseOperation) {
    switch operation {
    case .enrol(let numbers): next = max(next, (numbers.max() ?? 0) + 1)
    case .rotate(let number), .backup(let number): next = max(next, number + 1)
    case .create, .update, .erase, .compact, .export: break
    }
  }
}
