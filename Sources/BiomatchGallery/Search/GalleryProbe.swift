import BiomatchFace
import BiomatchFingerprint

/// Samples of one person who is sought, all of one modality.
///
/// ```swift
/// let probe = GalleryProbe.fingers([
///   GalleryProbe.Finger(template, position: .rightIndex), GalleryProbe.Finger(other),
/// ])
/// let found = try await gallery.identify(probe)
/// ```
public struct GalleryProbe: Sendable, Hashable {
  /// An impression of one finger.
  public struct Finger: Sendable, Hashable {
    /// Its minutiae.
    public var template: FingerprintTemplate
    /// Which finger it is, as far as that is known.
    public var position: FingerPosition

    /// An impression of that finger; the template's position unless told.
    public init(_ template: FingerprintTemplate, position: FingerPosition? = nil) {
      self.template = template
      self.position = position ?? template.position
    }
  }

  enum Content: Sendable, Hashable {
    case fingers([Finger])
    case face([Float], FaceModel)
  }

  let content: Content

  /// Fingers of one person. Each is searched on its own, and a subject counts with the best of them.
  public static func fingers(_ fingers: [Finger]) -> GalleryProbe {
    GalleryProbe(content: .fingers(fingers))
  }

  /// One finger; see ``fingers(_:)``.
  public static func finger(
    _ template: FingerprintTemplate,
    position: FingerPosition? = nil
  ) -> GalleryProbe {
    .fingers([Finger(template, position: position)])
  }

  /// A face, as the vector that a model made of it, of any length above zero. It is compared with the
  /// gallery's vectors of that model and version.
  public static func face(_ vector: [Float], model: FaceModel) -> GalleryProbe {
    GalleryProbe(content: .face(vector, model))
  }

  /// The modality.
  public var kind: SampleKind {
    switch content {
    case .fingers: .finger
    case .face: .face
    }
  }
}
