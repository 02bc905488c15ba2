// Tests use the library's own seeded generator; re-exporting it keeps one import for them.
@_exported import BiomatchCore
