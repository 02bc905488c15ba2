@_exported import BiomatchCore
@_exported import BiomatchCrypto
@_exported import BiomatchEvaluation
@_exported import BiomatchFace
@_exported import BiomatchFingerprint
@_exported import BiomatchGallery
@_exported import BiomatchLinkage
