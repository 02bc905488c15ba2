import BiomatchCore

/// Why numbers are no face vectors. Rows and columns are counted from zero.
public enum FaceVectorError: BiomatchError, Hashable {
  /// A dimension that no vector here has.
  case dimension(Int)
  /// The values are no whole number of vectors.
  case shape(dimension: Int, values: Int)
  /// A value is infinite or not a number.
  case notFinite(row: Int, column: Int)
  /// All values of a vector are zero: it has no direction.
  case zeroNorm(row: Int)
  /// A rotation of vectors of another dimension.
  case rotation(expected: Int, found: Int)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .dimension: "face.dimension"
    case .shape: "face.shape"
    case .notFinite: "face.not-finite"
    case .zeroNorm: "face.zero-norm"
    case .rotation: "face.rotation"
    }
  }

  /// Where the offending value is.
  public var location: ErrorLocation {
    switch self {
    case .dimension, .shape: ErrorLocation(field: "dimension")
    case .notFinite(let row, let column): ErrorLocation(field: "row \(row), column \(column)")
    case .zeroNorm(let row): ErrorLocation(field: "row \(row)")
    case .rotation: ErrorLocation(field: "rotation")
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .dimension(let found):
      "a face vector must have \(FaceVectors.dimensions.lowerBound) to "
        + "\(FaceVectors.dimensions.upperBound) values, found \(found)"
    case .shape(let dimension, let values):
      "vectors must have \(dimension) values each, found \(values) values in all"
    case .notFinite: "a face vector must have finite values"
    case .zeroNorm: "a face vector must have a length above zero"
    case .rotation(let expected, let found):
      "a rotation turns only vectors of its dimension: expected \(expected) values, found \(found)"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .dimension: "check the dimension, and that rows and columns are not exchanged"
    case .shape: "check the dimension"
    case .notFinite, .zeroNorm: "leave the row out, and look at how the model came to it"
    case .rotation: "make the rotation for the vectors' dimension"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory { .badData }
}
