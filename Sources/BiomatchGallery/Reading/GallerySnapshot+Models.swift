import BiomatchFace

/// A model whose face vectors a gallery holds or held.
public struct GalleryFaceModel: Sendable, Hashable {
  /// The model.
  public var model: FaceModel
  /// How many values each of its vectors has.
  public var dimension: Int
}

extension GallerySnapshot {
  /// The models of face vectors, in the order in which they came.
  public func faceModels() throws -> [GalleryFaceModel] {
    try ModelRow.fetchAll(db).sorted { $0.number < $1.number }.map {
      GalleryFaceModel(model: $0.model, dimension: $0.dimension)
    }
  }
}
