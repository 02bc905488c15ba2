import ArgumentParser
import Foundation

/// Where a command writes.
enum OutputPaths {
  /// Requires that no file is written twice, nor in the place of one that is read.
  ///
  /// - Parameter names: the options of the outputs, for the error.
  static func check(_ outputs: [String?], names: String, inputs: [String?] = []) throws {
    let written = outputs.compactMap { $0 }.map(place)
    guard Set(written).count == written.count else {
      throw ValidationError("\(names) must be different files")
    }
    let read = Set(inputs.compactMap { $0 }.filter { $0 != "-" }.map(place))
    guard let both = zip(outputs.compactMap { $0 }, written).first(where: { read.contains($0.1) })
    else { return }
    throw ValidationError("'\(both.0)' must not be both read and written")
  }

  /// A name for what a path means, however it is written.
  private static func place(_ path: String) -> String {
    path == "-" ? path : URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }
}
