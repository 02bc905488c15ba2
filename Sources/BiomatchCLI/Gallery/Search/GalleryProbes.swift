import Biomatch
import BiomatchCore
import BiomatchFace
import BiomatchFingerprint
import BiomatchGallery

/// Probes for a gallery from files, and how answers name them.
struct GalleryProbes {
  var names: [String] = []
  var probes: [GalleryProbe] = []

  /// Every view of the files a probe; or all of them the fingers of one person.
  init(fingers: [String], together: Bool, template: TemplateOptions) throws {
    let read = try fingers.flatMap { try SearchProbe.all(in: $0, options: template) }
    if together {
      names = [read.map(\.name).joined(separator: "+")]
      probes = [.fingers(read.map { GalleryProbe.Finger($0.template) })]
    } else {
      names = read.map(\.name)
      probes = read.map { .finger($0.template) }
    }
  }

  /// Every vector of the files a probe; `FILE#ROW` is one.
  init(faces: [String], model: FaceModel, files: FaceFileOptions) throws {
    for text in faces {
      let name = NamedVector(text)
      let vectors = try name.row == nil ? files.load(name.path).vectors : files.load(name)
      for row in 0..<vectors.count {
        let values = vectors.values[row * vectors.dimension..<(row + 1) * vectors.dimension]
        names.append(vectors.count == 1 ? text : "\(text)#\(row)")
        probes.append(.face(Array(values), model: model))
      }
    }
  }

  /// The model that made face probes: the one that is named, or the only one that the gallery has.
  static func model(_ options: ModelOptions, of gallery: Gallery) async throws -> FaceModel {
    if let model = try options.faceModel() { return model }
    let models = try await gallery.read { try $0.faceModels() }
    guard models.count == 1 else {
      let names = models.map { "\($0.model)" }.joined(separator: ", ")
      throw UsageError.option(
        "--model",
        rule: models.isEmpty
          ? "the gallery has no faces" : "the gallery has faces of several models: \(names)",
        remedy: models.isEmpty ? "enrol some" : "name the one that made the probe"
      )
    }
    return models[0].model
  }
}
