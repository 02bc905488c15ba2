/// The keys of a sealed index while it is open.
package struct IndexSeal: Sendable {
  /// The caller's, which seals the other in the manifest.
  package let key: IndexKey
  /// The index's own, which seals its segments.
  let content: any ContentKey

  /// Keys of a new index.
  init(new key: IndexKey, path: String) throws(IndexError) {
    do { content = try key.sealing.makeContentKey() } catch { throw IndexError(error, path: path) }
    self.key = key
  }

  /// Keys of a saved index; `nil` where it is not sealed, which `key` must tell as well.
  static func opening(
    _ manifest: IndexManifest,
    _ key: IndexKey?,
    path: String
  ) throws(IndexError) -> IndexSeal? {
    guard let sealed = manifest.sealedKey else {
      if key != nil { throw .notSealed(path: path) }
      return nil
    }
    guard let key else { throw .sealed(path: path) }
    do throws(SealingError) {
      let content = try key.sealing.open(sealed, authenticating: manifest.authenticated)
      return IndexSeal(key: key, content: content)
    } catch {
      throw IndexError(error, path: path)
    }
  }

  /// The same index under another key.
  func rewrapped(by key: IndexKey) -> IndexSeal { IndexSeal(key: key, content: content) }

  /// Puts the sealed key into a manifest, whose other members must not change any more.
  func seal(_ manifest: inout IndexManifest, path: String) throws(IndexError) {
    do throws(SealingError) {
      manifest.sealedKey = try key.sealing.seal(content, authenticating: manifest.authenticated)
    } catch {
      throw IndexError(error, path: path)
    }
  }

  private init(key: IndexKey, content: any ContentKey) {
    self.key = key
    self.content = content
  }
}

extension IndexError {
  fileprivate init(_ error: SealingError, path: String) {
    switch error {
    case .notAuthentic: self = .wrongKey(path: path)
    case .failed(let reason): self = .segment(.sealing(path: path, reason: reason))
    }
  }
}
