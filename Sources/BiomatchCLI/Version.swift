/// The version of this tool, that of the package.
enum Version {
  static let current = "0.1.0"
}
