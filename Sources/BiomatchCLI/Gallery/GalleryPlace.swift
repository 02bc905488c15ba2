import Biomatch
import BiomatchCore
import BiomatchGallery
import Foundation
import Synchronization

/// Tells galleries from indexes.
enum GalleryPlace {
  /// Whether the directory has the manifest of a gallery.
  static func isGallery(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path + "/gallery.json")
  }
}

/// Bars on the standard error while samples of a gallery are read for its indexes.
final class IndexingBars: Sendable {
  private let bar = Mutex<(kind: SampleKind, bar: ProgressBar, done: Int)?>(nil)

  func show(_ progress: IndexingProgress) {
    bar.withLock { shown in
      if shown?.kind != progress.kind {
        shown?.bar.finish()
        let noun = progress.kind == .finger ? "fingers" : "faces"
        shown = (progress.kind, ProgressBar("indexing \(noun)", total: progress.total), 0)
      }
      shown?.bar.advance(by: max(0, progress.done - (shown?.done ?? 0)))
      shown?.done = progress.done
    }
  }

  func finish() {
    bar.withLock { shown in
      shown?.bar.finish()
      shown = nil
    }
  }
}
