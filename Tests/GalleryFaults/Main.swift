import BiomatchCore
import Foundation

/// A program that works on a gallery until something ends it. Tests of faults run it; its one argument is
/// an order in JSON.
@main
struct GalleryFaults {
  static func main() async {
    do {
      let argument = Data((CommandLine.arguments.dropFirst().first ?? "").utf8)
      var course = Course(try JSONDecoder().decode(CourseOrder.self, from: argument))
      try await course.run()
    } catch {
      FileHandle.standardError.write(
        Data("\((error as? any BiomatchError)?.code ?? "\(error)")\n".utf8)
      )
      exit(EXIT_FAILURE)
    }
  }
}
