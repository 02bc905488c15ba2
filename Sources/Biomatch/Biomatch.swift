@_exported import BiomatchCore
@_exported import BiomatchEvaluation
@_exported import BiomatchFingerprint
