import Foundation
import Synchronization

/// A bar on the standard error while something takes long; nothing where that is no terminal.
final class ProgressBar: Sendable {
  private let label: String
  private let total: Int
  private let isShown: Bool
  private let state = Mutex<(done: Int, shown: Int)>((0, -1))

  /// A bar for `total` steps of work named `label`.
  init(_ label: String, total: Int) {
    self.label = label
    self.total = max(total, 1)
    isShown = StandardError.isTerminal
  }

  /// Counts steps as done; may be called from any thread.
  func advance(by steps: Int) {
    guard isShown else { return }
    state.withLock { state in
      state.done += steps
      let percent = min(100, state.done * 100 / total)
      guard percent != state.shown else { return }
      state.shown = percent
      let filled = String(repeating: "█", count: percent / 4)
      let empty = String(repeating: "░", count: 25 - percent / 4)
      StandardError.show(bar: "\(label) \(filled)\(empty) \(percent) %")
    }
  }

  /// Removes the bar.
  func finish() {
    guard isShown else { return }
    StandardError.show(bar: nil)
  }
}
