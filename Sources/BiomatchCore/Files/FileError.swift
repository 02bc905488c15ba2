/// Why a file could not be read or written.
public enum FileError: BiomatchError, Hashable {
  /// There is no file of that path.
  case notFound(path: String)
  /// The file exists, and its mode or that of its directory forbids the operation.
  case notPermitted(path: String, operation: FileOperation)
  /// The path names a directory or a device where a file was expected.
  case notAFile(path: String)
  /// The path names something else where a directory was expected.
  case notADirectory(path: String)
  /// The file is larger than the caller is ready to read.
  case tooLarge(path: String, limit: Int)
  /// The file holds a secret, and others than its owner may read or write it.
  case notPrivate(path: String, mode: Int)
  /// The file cannot be created, for the reason that the system gave.
  case cannotCreate(path: String, reason: String)
  /// The device or the user's quota is full.
  case noSpace(path: String, operation: FileOperation)
  /// The system reported another failure.
  case failed(path: String, operation: FileOperation, reason: String)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .notFound: "file.not-found"
    case .notPermitted: "file.not-permitted"
    case .notAFile: "file.not-a-file"
    case .notADirectory: "file.not-a-directory"
    case .tooLarge: "file.too-large"
    case .notPrivate: "file.not-private"
    case .cannotCreate: "file.cannot-create"
    case .noSpace: "file.no-space"
    case .failed: "file.failed"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .notFound(let path), .notPermitted(let path, _), .notAFile(let path),
      .notADirectory(let path),
      .tooLarge(let path, _), .notPrivate(let path, _), .cannotCreate(let path, _),
      .noSpace(let path, _),
      .failed(let path, _, _):
      ErrorLocation(file: path)
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .notFound: "the file does not exist"
    case .notPermitted(_, let operation): "the file's mode does not allow to \(operation.rawValue)"
    case .notAFile: "the path does not name a regular file"
    case .notADirectory: "the path does not name a directory"
    case .tooLarge(_, let limit): "the file has more than \(limit) bytes"
    case .notPrivate(_, let mode):
      "nobody but its owner may read or write the file, found mode 0\(String(mode, radix: 8))"
    case .cannotCreate(_, let reason): "the file cannot be created (\(reason))"
    case .noSpace(_, let operation): "no space is left to \(operation.rawValue)"
    case .failed(_, let operation, let reason): "could not \(operation.rawValue) (\(reason))"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .notFound: "check the path"
    case .notPermitted: "change the mode of the file or of its directory, or choose another"
    case .notAFile: "give the path of a file"
    case .notADirectory: "give the path of a directory"
    case .tooLarge: "check that this is the right file"
    case .notPrivate: "give it mode 0600, and ask who may have read it"
    case .cannotCreate: "check that the directory exists and may be written to"
    case .noSpace: "free space or choose another device; nothing was changed"
    case .failed: "check the device and try again"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory {
    switch self {
    case .notFound: .missingInput
    case .notPermitted(_, let operation): operation == .create ? .cannotCreate : .notPermitted
    case .notAFile, .notADirectory: .missingInput
    case .tooLarge: .badData
    case .notPrivate: .notPermitted
    case .cannotCreate: .cannotCreate
    case .noSpace, .failed: .inputOutput
    }
  }
}

/// What was being done to a file.
public enum FileOperation: String, Sendable, Hashable, Codable {
  /// Opening for reading.
  case open
  /// Creating.
  case create
  /// Reading.
  case read
  /// Writing, or making what was written durable.
  case write
  /// Putting a finished file in the place of an older one.
  case replace
}
