/// The key that saved indexes are sealed by: without it nobody can read them on disk, or change them
/// unnoticed.
///
/// `BiomatchCrypto` makes one of a secret:
///
/// ```swift
/// let key = try IndexKey(secret)
/// try index.save(to: "faces", sealedBy: key)
/// let opened = try FaceIndex(opening: "faces", sealedBy: key)
/// ```
///
/// It never seals rows itself: every index has a random key of its own, which lies in its manifest
/// sealed by this one. Another key can therefore take its place without a row being written anew.
public struct IndexKey: Sendable {
  package let sealing: any IndexSealing

  package init(_ sealing: any IndexSealing) { self.sealing = sealing }
}
