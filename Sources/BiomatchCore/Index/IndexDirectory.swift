/// The directory of a saved index.
package struct IndexDirectory: Sendable, Hashable {
  package let path: String

  package init(path: String) {
    var path = path
    while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
  }

  package func path(of name: String) -> String { path == "/" ? path + name : path + "/" + name }

  // MARK: Manifest

  /// The manifest, of an index of that format; `nil` when there is none.
  package func manifest(_ format: IndexFormat) throws(IndexError) -> IndexManifest? {
    let path = path(of: IndexFileName.manifest)
    let bytes: [UInt8]
    do throws(FileError) {
      try FileBytes.checkDirectory(self.path)
      bytes = try FileBytes.read(path, limit: 1 << 24)
    } catch {
      switch error {
      case .notFound(path): return nil
      case .tooLarge: throw .foreign(path: path, kind: format.kind)
      default: throw .file(error)
      }
    }
    return try IndexManifest(decoding: bytes, path: path, format)
  }

  /// Puts a manifest in the place of the last, durably: what it names is the index from then on.
  package func publish(_ manifest: IndexManifest) throws(IndexError) {
    do {
      try FileBytes.write(manifest.encoded, to: path(of: IndexFileName.manifest))
    } catch {
      throw .file(error)
    }
  }

  /// Calls `body` while no other writer is at work on the directory.
  func locked<R>(
    _ body: () throws(IndexError) -> R
  ) throws(IndexError) -> R {
    let lock: DirectoryLock?
    do { lock = try DirectoryLock(path) } catch { throw .file(error) }
    guard let lock else { throw .locked(path: path) }
    return try lock.hold(body)
  }

  /// Removes what saves have left behind that no manifest names any more: files of older manifests, and
  /// those of a process that was killed. Whoever has one of them mapped keeps it.
  func removeLeftovers(besides manifests: IndexManifest?...) {
    // A file that cannot be removed now is removed by a later save.
    guard let names = try? FileBytes.names(inDirectory: path) else { return }
    let files = manifests.reduce(into: Set<String>()) { $0.formUnion($1?.files ?? []) }
    for name in names where IndexFileName.isOurs(name) && !files.contains(name) {
      try? FileNames.remove(path(of: name))
    }
  }

  // MARK: Segments

  /// The rows of a segment that the manifest names.
  func rows(
    _ file: IndexManifest.File,
    _ identity: SegmentIdentity,
    _ seal: IndexSeal?
  ) throws(IndexError) -> SavedRows {
    let segment = try segment(file, identity, seal)
    guard segment.rowCount == file.rows else { throw .mismatch(path: segment.path) }
    return try SavedRows(segment, file: file)
  }

  func segment(
    _ file: IndexManifest.File,
    _ identity: SegmentIdentity,
    _ seal: IndexSeal?
  ) throws(IndexError) -> Segment {
    let path = path(of: file.file)
    let segment: Segment
    do throws(SegmentError) {
      segment = try Segment(path: path, expecting: identity, sealedBy: seal?.content)
    } catch {
      if case .file(.notFound) = error { throw .missingFile(path: path) }
      throw .segment(error)
    }
    guard segment.fileSize == file.bytes, IndexChecksum.hex(segment.checksum) == file.checksum
    else {
      throw .mismatch(path: path)
    }
    return segment
  }
}
