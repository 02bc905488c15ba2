import BiomatchCore
import BiomatchCrypto
import Foundation
import Logging
import Synchronization

extension Gallery {
  /// Erases a subject with everything that the gallery has of them.
  ///
  /// The subject is out of the gallery first. The receipt is given when the key is gone from the key
  /// database and its log, the records from theirs, and the observer has removed what it derived.
  ///
  /// - Throws: ``GalleryError/subjectUnknown(_:)``; ``GalleryError/erasurePending(_:finding:)`` when the
  ///   subject is out of the gallery and something may be left in its files: ``finishErasures()`` then
  ///   gives the receipt.
  public func erase(_ subject: SubjectID) async throws -> ErasureReceipt {
    try await erase([subject])[0]
  }

  /// Erases subjects as ``erase(_:)-(SubjectID)`` does. All files are cleared of all of them at once, which
  /// takes about as long as for one.
  ///
  /// - Returns: A receipt for each, in their order.
  /// - Throws: ``GalleryError/erasurePending(_:finding:)`` when all are out of the gallery, as above. With
  ///   any other error nobody is: ``GalleryError/subjectUnknown(_:)``, also for one who is named twice.
  public func erase(_ subjects: [SubjectID]) async throws -> [ErasureReceipt] {
    try requireWriter()
    await loadIndexes()
    return try await committer.exclusively { [self] in
      let begun = try await store.beginErasures(of: subjects)
      for erasure in begun { await announce(erasure.commit) }
      return try await finish(begun.map(\.pending))
    }
  }

  /// Finishes the erasures that could not be, and gives their receipts, after those of erasures that opening
  /// the gallery finished. Each is given once.
  ///
  /// - Throws: ``GalleryError/erasurePending(_:finding:)`` for the first that still cannot be.
  public func finishErasures() async throws -> [ErasureReceipt] {
    try requireWriter()
    await loadIndexes()
    return try await committer.exclusively { [self] in
      let receipts = try await finish(try await store.pendingErasures())
      return earlierReceipts.withLock { earlier in
        defer { earlier = [] }
        return earlier + receipts
      }
    }
  }

  /// The key that checks the receipts of this gallery; `nil` for one in clear.
  public func receiptKey() async throws -> Ed25519.PublicKey? {
    guard let vault = store.vault else { return nil }
    return try await blocking { [path] in
      try GalleryError.translating(path) { try vault.signingKey().publicKey }
    }
  }

  /// Throws unless this gallery gave the receipt as it is.
  ///
  /// - Throws: ``GalleryError/receipt``, also for receipts of galleries in clear.
  public func check(_ receipt: ErasureReceipt) async throws {
    guard receipt.gallery == id, let key = try await receiptKey() else {
      throw GalleryError.receipt
    }
    try receipt.check(key)
  }

  /// Waits for indexes that are being loaded, so that an erasure need not remove them as a whole.
  private func loadIndexes() async {
    do { try await indexes?.ready(committer) } catch {
      options.logger.warning("the indexes are not loaded", metadata: ["error": "\(error)"])
    }
  }

  /// Finishes erasures: one pass through all files for all of them, and all receipts or none, so that none
  /// gets lost when another cannot be given.
  ///
  /// - Parameter all: in the order of their generations.
  private func finish(_ all: [PendingErasure]) async throws -> [ErasureReceipt] {
    guard let first = all.first else { return [] }
    let start = ContinuousClock.now
    do { try await eraseFromIndexes() } catch {
      throw GalleryError.erasurePending(first.identifier, finding: Self.finding(error))
    }
    for pending in all {
      do {
        let removed = try await store.removedSamples(of: pending)
        try await options.observer?.gallery(didErase: removed)
      } catch {
        throw GalleryError.erasurePending(pending.identifier, finding: Self.finding(error))
      }
    }
    let receipts: [ErasureReceipt]
    do {
      try await store.removeTraces(of: all)
      receipts = try all.map { try receipt(for: $0) }
      try await store.finish(all)
    } catch GalleryError.erasurePending(let subject, let finding) {
      throw GalleryError.erasurePending(subject, finding: finding)
    } catch {
      // Whatever it is, the subjects are out of the gallery, which the caller has to know.
      throw GalleryError.erasurePending(first.identifier, finding: Self.finding(error))
    }
    await store.tidyLogs(from: 0)
    metrics.erased(all.count, in: start.duration(to: .now))
    for pending in all {
      options.logger.notice("erased", metadata: ["generation": "\(pending.generation)"])
    }
    return receipts
  }

  private static func finding(_ error: any Error) -> String {
    (error as? any BiomatchError)?.rule ?? "\(error)"
  }

  private func receipt(for erasure: PendingErasure) throws -> ErasureReceipt {
    try sign(
      ErasureReceipt(
        format: 1,
        gallery: id,
        subject: erasure.identifier,
        time: Date().ISO8601Format(),
        generation: erasure.generation,
        samples: erasure.samples,
        sealed: isSealed,
        notCovered: ErasureReceipt.notCovered,
        signature: ""
      )
    )
  }

  /// Leaves nothing of an erased subject in the files of the indexes, whoever made them.
  private func eraseFromIndexes() async throws {
    let kept = indexes ?? GalleryIndexes(store, GallerySearchSettings(), options.logger)
    try await kept.erase()
  }

  private func sign(_ receipt: ErasureReceipt) throws -> ErasureReceipt {
    guard let vault = store.vault else { return receipt }
    var receipt = receipt
    receipt.signature = Hexadecimal.text(try vault.signingKey().signature(of: receipt.signedBytes))
    return receipt
  }
}
