import BiomatchCore
import BiomatchCrypto
import Foundation

/// Seals and opens the records of one subject, or leaves them as they are where the gallery is in clear;
/// one thread at a time.
struct RecordSealer: ~Copyable {
  private let gallery: GalleryID
  private let subject: SubjectID
  private var sealer: Sealer?

  /// For a subject with that key; `nil` for a gallery in clear.
  init(_ key: SubjectKey?, subject: SubjectID, gallery: GalleryID) throws {
    self.gallery = gallery
    self.subject = subject
    sealer = if let key { try Sealer(key: key.bytes) } else { nil }
  }

  // MARK: Profiles

  mutating func seal(profile: [UInt8], version: Int64) throws -> Data {
    try seal(profile, RecordBinding.profile(of: subject, version: version, gallery))
  }

  mutating func open(profile: Data, version: Int64) throws -> [UInt8] {
    try open(profile, RecordBinding.profile(of: subject, version: version, gallery), nil)
  }

  // MARK: Samples

  mutating func seal(sample: Sample, version: Int64) throws -> Data {
    try seal(SampleCoding.encode(sample), binding(sample.reference, sample.kind, version))
  }

  mutating func open(
    sample: Data,
    _ reference: ReferenceID,
    _ kind: SampleKind,
    version: Int64
  ) throws -> [UInt8] {
    try open(sample, binding(reference, kind, version), reference)
  }

  private func binding(_ reference: ReferenceID, _ kind: SampleKind, _ version: Int64) -> [UInt8] {
    RecordBinding.sample(reference, of: subject, kind: kind, version: version, gallery)
  }

  // MARK: Any

  private mutating func seal(_ bytes: [UInt8], _ binding: [UInt8]) throws -> Data {
    guard let sealed = try sealer?.seal(bytes, associatedData: binding) else { return Data(bytes) }
    return Data(sealed)
  }

  private mutating func open(
    _ data: Data,
    _ binding: [UInt8],
    _ reference: ReferenceID?
  ) throws -> [UInt8] {
    do throws(CryptoError) {
      return try sealer?.open(Array(data), associatedData: binding) ?? Array(data)
    } catch {
      throw GalleryError.unreadable(subject: subject, reference: reference)
    }
  }
}
