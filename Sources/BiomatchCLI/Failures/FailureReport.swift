import ArgumentParser
import Biomatch
import BiomatchCore
import Foundation

/// The one way out with an error: a line for people, or JSON for programs, and the exit code.
enum FailureReport {
  /// Says on the standard error what went wrong and ends the process.
  static func exit(with error: any Error) -> Never {
    if let error = error as? any BiomatchError {
      say(error)
      Foundation.exit(error.category.rawValue)
    }
    let code = BiomatchCommand.exitCode(for: error)
    if code == .validationFailure {
      say(usage(error))
    } else if code == .success || error is ExitCode {
      BiomatchCommand.exit(withError: error)
    } else {
      say(UnexpectedError(underlying: error))
      Foundation.exit(ErrorCategory.software.rawValue)
    }
    Foundation.exit(ErrorCategory.usage.rawValue)
  }

  /// Says on the standard error what went wrong, and goes on.
  static func say(_ error: any BiomatchError) {
    StandardError.write(isJSON ? json(error) : "biomatch: \(error.description.shown)\n")
  }

  /// The error as one line of JSON.
  static func json(_ error: any BiomatchError) -> String { jsonLine(ErrorReport(error)) }

  /// A value as one line of JSON.
  static func jsonLine(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { return "\(value)\n" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  /// What the argument parser has to say, brought into the form of every other error.
  private static func usage(_ error: any Error) -> UsageError {
    let lines = BiomatchCommand.fullMessage(for: error).split(separator: "\n")
    // "  See 'biomatch verify --help' for more information."
    let help = lines.last?.split(separator: "'").dropFirst().first.map(String.init)
    var message = BiomatchCommand.message(for: error)
    while message.last == "." { message.removeLast() }
    return .arguments(message, help: help ?? "biomatch --help")
  }

  /// Whether the user asked for JSON, read off the raw arguments because they may be what is wrong.
  static let isJSON: Bool = {
    let arguments = CommandLine.arguments
    if arguments.contains("--format=json") || arguments.contains("--format=ndjson") { return true }
    guard let option = arguments.firstIndex(of: "--format") else { return false }
    let value = option + 1
    return value < arguments.count && ["json", "ndjson"].contains(arguments[value])
  }()
}

/// A call that cannot be understood, or that asks for something impossible.
enum UsageError: BiomatchError {
  /// The argument parser refuses; its message says why.
  case arguments(String, help: String)
  /// An option has a value that it cannot have here.
  case option(String, rule: String, remedy: String)

  var code: String {
    switch self {
    case .arguments: "usage.arguments"
    case .option: "usage.option"
    }
  }

  var location: ErrorLocation {
    switch self {
    case .arguments: ErrorLocation()
    case .option(let name, _, _): ErrorLocation(field: name)
    }
  }

  var rule: String {
    switch self {
    case .arguments(let message, _): message
    case .option(_, let rule, _): rule
    }
  }

  var remedy: String {
    switch self {
    case .arguments(_, let help): "see \(help)"
    case .option(_, _, let remedy): remedy
    }
  }

  var category: ErrorCategory { .usage }
}

/// An error that no part of biomatch claims: a defect.
struct UnexpectedError: BiomatchError {
  let underlying: any Error

  var code: String { "software.unexpected" }
  var location: ErrorLocation { ErrorLocation() }
  var rule: String { String(describing: underlying) }
  var remedy: String { "report this together with the command line" }
  var category: ErrorCategory { .software }
}
