import BiomatchCore
import BiomatchCrypto
import Foundation
import Logging

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
    try requireWriter()
    await loadIndexes()
    return try await committer.exclusively { [self] in
      let commit = try await store.beginErasure(of: subject)
      await announce(commit)
      guard let pending = try await store.pendingErasures().last else {
        throw GalleryError.subjectUnknown(subject)
      }
      return try await finish(pending)
    }
  }

  /// Finishes the erasures that could not be, and gives their receipts.
  ///
  /// - Throws: ``GalleryError/erasurePending(_:finding:)`` for the first that still cannot be.
  public func finishErasures() async throws -> [ErasureReceipt] {
    try requireWriter()
    await loadIndexes()
    return try await committer.exclusively { [self] in
      var receipts: [ErasureReceipt] = []
      for pending in try await store.pendingErasures() {
        receipts.append(try await finish(pending))
      }
      return receipts
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

  private func finish(_ pending: PendingErasure) async throws -> ErasureReceipt {
    do {
      try await eraseFromIndexes()
      let removed = try await store.removedSamples(of: pending)
      try await options.observer?.gallery(didErase: removed)
    } catch {
      throw GalleryError.erasurePending(pending.identifier, finding: "\(error)")
    }
    try await store.removeTraces(of: pending)
    let receipt = try sign(
      ErasureReceipt(
        format: 1,
        gallery: id,
        subject: pending.identifier,
        time: Date().ISO8601Format(),
        generation: pending.generation,
        samples: pending.samples,
        sealed: isSealed,
        notCovered: ErasureReceipt.notCovered,
        signature: ""
      )
    )
    try await store.finish(pending)
    countErasure()
    options.logger.notice("erased", metadata: ["generation": "\(pending.generation)"])
    return receipt
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
