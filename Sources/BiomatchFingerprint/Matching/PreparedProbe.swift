import BiomatchCore

/// A print made ready to be compared with many others.
///
/// Preparing costs about as much as a few comparisons; keep the probe while you search. A probe
/// compares only with descriptors of the same parameters.
public struct PreparedProbe: Sendable {
  /// The template that the probe was made from.
  public let template: FingerprintTemplate
  /// The same print as it would be stored.
  public let descriptors: FingerprintDescriptors

  let points: PreparedPoints
}
