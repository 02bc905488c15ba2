/// The files of a gallery.
struct GalleryPaths: Sendable {
  let directory: String

  init(_ directory: String) {
    var name = directory[...]
    while name.count > 1, name.hasSuffix("/") { name.removeLast() }
    self.directory = String(name)
  }

  var manifest: String { directory + "/gallery.json" }
  var records: String { directory + "/gallery.sqlite" }
  var keys: String { directory + "/keys.sqlite" }

  var indexes: String { directory + "/index" }

  /// A name beside the directory for one in the making.
  var temporary: GalleryPaths {
    GalleryPaths("\(directory).\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp")
  }
}
