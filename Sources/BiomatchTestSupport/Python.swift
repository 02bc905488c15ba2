import Foundation

/// The Python of the machine, with which tests compare where it has NumPy.
public enum Python {
  /// Whether there is a `python3`.
  public static let isPresent = (try? run(["-c", ""])) != nil

  /// Whether there is a `python3` that has NumPy.
  public static let hasNumPy = (try? run(["-c", "import numpy"])) != nil

  /// A script failed.
  public struct Failure: Error {
    /// Its exit code.
    public let status: Int32
  }

  /// Runs `python3` with those arguments; what it prints.
  @discardableResult
  public static func run(_ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(status: process.terminationStatus)
    }
    return data
  }
}
