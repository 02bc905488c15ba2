import BiomatchCore

/// How face vectors lie in a file.
public enum FaceVectorFormat: Sendable, Hashable {
  /// An array of NumPy, `.npy`: versions 1 to 3, of 16, 32 or 64 bits a value.
  case npy
  /// Nothing but values of 32 bits, little endian, so many a vector.
  case raw(dimension: Int)
  /// A table of numbers with commas, a vector a row.
  case csv(FaceVectorCSVOptions)

  /// The format that a path's extension names: `.npy`, `.csv`, and with a dimension `.f32`, `.raw` and
  /// `.bin`.
  ///
  /// - Parameter dimension: how many values a vector has; only for the formats that do not say.
  /// - Throws: ``FaceVectorFileError/unknownFormat(path:)`` for any other.
  public init(path: String, dimension: Int? = nil) throws(FaceVectorFileError) {
    let name = path.split(separator: "/").last ?? ""
    let dot = name.lastIndex(of: ".")
    switch (dot.map { name[$0...].lowercased() }, dimension) {
    case (".npy", _): self = .npy
    case (".csv", _): self = .csv(FaceVectorCSVOptions())
    case (".f32", let dimension?), (".raw", let dimension?), (".bin", let dimension?):
      self = .raw(dimension: dimension)
    default: throw .unknownFormat(path: path)
    }
  }
}

/// What the columns of a CSV file of face vectors are: all hold numbers, but for the identifiers.
public struct FaceVectorCSVOptions: Sendable, Hashable {
  /// Whether the first row names the columns.
  public enum Header: Sendable, Hashable {
    /// Where none of its fields is a number, where the fields are 0, 1, 2 and so on, or where one has
    /// the name of a column of identifiers.
    case detected
    /// It does.
    case present
    /// It is a vector.
    case absent
  }

  /// Whether the first row names the columns.
  public var header: Header
  /// The column with a `ReferenceID` a row; `nil` for the one named `reference`, where there is one.
  public var referenceColumn: String?
  /// The column with a `SubjectID` a row; `nil` for the one named `subject`, where there is one.
  public var subjectColumn: String?

  /// The given options. A column that is named must be there.
  public init(
    header: Header = .detected,
    referenceColumn: String? = nil,
    subjectColumn: String? = nil
  ) {
    self.header = header
    self.referenceColumn = referenceColumn
    self.subjectColumn = subjectColumn
  }
}
