import BiomatchCore
import BiomatchFace

/// A face, as the vector that a model made of it.
public struct FaceSample: Sendable, Hashable {
  /// The sample's identifier, unique in the gallery.
  public var reference: ReferenceID
  /// The model that made the vector. All vectors of a model in a gallery have one dimension.
  public var model: FaceModel
  /// The values as the model gave them, of any length above zero.
  public var vector: [Float]
  /// Quality 0...100; `nil` where none is known.
  public var quality: UInt8?
  /// The record or picture that the vector was made of; empty where it is not to be kept.
  public var original: [UInt8]

  /// A sample of that vector.
  public init(
    reference: ReferenceID,
    model: FaceModel,
    vector: [Float],
    quality: UInt8? = nil,
    original: [UInt8] = []
  ) {
    self.reference = reference
    self.model = model
    self.vector = vector
    self.quality = quality
    self.original = original
  }
}
