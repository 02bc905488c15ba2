/// Paths in lists of files.
enum ListedPath {
  /// The path as it is from here: a relative one goes from the list's directory.
  static func resolve(_ path: String, beside list: String) -> String {
    guard !path.hasPrefix("/"), let slash = list.lastIndex(of: "/") else { return path }
    return list[...slash] + path
  }
}
