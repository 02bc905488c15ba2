import Biomatch
import BiomatchCore
import BiomatchFingerprint
import Foundation

/// The first views of all templates of a directory, or of the files that a list names.
struct RealTemplates {
  let templates: [FingerprintTemplate]

  /// Reads `path`; of a directory files that are no templates are passed over with a warning that
  /// counts them, of a list none.
  init(_ path: String, options: TemplateOptions, threads: Int?) throws {
    let isDirectory = (try? FileBytes.checkDirectory(path)) != nil
    let files = try isDirectory ? Self.files(in: path) : PrintManifest(file: path).rows.map(\.path)
    let progress = ProgressBar("reading templates", total: files.count)
    defer { progress.finish() }
    let read: [FingerprintTemplate?] = try ParallelWork.map(
      files.count,
      threads: threads,
      chunk: 16,
      finished: progress.advance(by:)
    ) { range in
      try range.map { index in
        do {
          return try options.load(files[index]).views.first.map {
            try FingerprintTemplate(view: $0)
          }
        } catch let error as any BiomatchError where isDirectory && error.category != .usage {
          return nil
        }
      }
    }
    templates = read.compactMap { $0 }
    guard templates.count > 1 else {
      throw UsageError.option(
        "--templates",
        rule: "\(path) has only \(templates.count) templates that can be read",
        remedy: "give a directory of templates, or a list with the column path"
      )
    }
    let passedOver = files.count - templates.count
    if passedOver > 0 {
      Warning(
        code: "bench.no-template",
        location: ErrorLocation(file: path),
        text: "\(passedOver) of \(Plural.text(files.count, "file")) passed over: "
          + "no template that can be read"
      ).say()
    }
  }

  private static func files(in directory: String) throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: directory).sorted()
    return names.map { directory + "/" + $0 }.filter { path in
      var isDirectory: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        && !isDirectory.boolValue
    }
  }
}
