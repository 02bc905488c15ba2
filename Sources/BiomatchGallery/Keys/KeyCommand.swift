import Foundation

/// Runs the program that prints a key.
enum KeyCommand {
  /// The standard output of the command, whose error output goes where this process's goes.
  static func run(_ command: [String]) throws -> [UInt8] {
    guard let name = command.first, let program = path(of: name) else {
      throw KeySourceError.command(command.first ?? "", finding: "there is no such program")
    }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = Array(command.dropFirst())
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    do { try process.run() } catch {
      throw KeySourceError.command(name, finding: "it cannot be started")
    }
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw KeySourceError.command(
        name,
        finding: "it ended with status \(process.terminationStatus)"
      )
    }
    guard data.count <= KeyText.limit else {
      throw KeySourceError.command(name, finding: "it printed \(data.count) bytes")
    }
    return Array(data)
  }

  private static func path(of name: String) -> String? {
    if name.contains("/") { return name }
    let directories = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return directories.map { "\($0)/\(name)" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }
}
