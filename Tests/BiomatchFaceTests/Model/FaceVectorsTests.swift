import BiomatchFace
import Testing

@Suite struct FaceVectorsTests {
  @Test("vectors are cut out of the values row by row")
  func rows() throws {
    let vectors = try FaceVectors(dimension: 64, values: (1...192).map(Float.init))
    #expect(vectors.count == 3)
    #expect(Array(vectors[1]) == (65...128).map(Float.init))
  }

  @Test("a dimension out of 64...4096 is refused", arguments: [-1, 0, 63, 4097])
  func dimension(_ dimension: Int) {
    #expect(throws: FaceVectorError.dimension(dimension)) {
      try FaceVectors(dimension: dimension, values: [])
    }
  }

  @Test("values that are no whole number of rows are refused")
  func shape() {
    #expect(throws: FaceVectorError.shape(dimension: 64, values: 65)) {
      try FaceVectors(dimension: 64, values: Array(repeating: 1, count: 65))
    }
  }

  @Test(
    "a value that is not finite is refused with its row and column",
    arguments: [Float.nan, .infinity, -.infinity]
  )
  func notFinite(_ value: Float) {
    var values = [Float](repeating: 1, count: 128)
    values[70] = value
    #expect(throws: FaceVectorError.notFinite(row: 1, column: 6)) {
      try FaceVectors(dimension: 64, values: values)
    }
  }

  @Test("a row of zeros is refused; the smallest number is none")
  func zeroNorm() throws {
    var values = [Float](repeating: 0, count: 128)
    values[3] = .leastNonzeroMagnitude
    #expect(throws: FaceVectorError.zeroNorm(row: 1)) {
      try FaceVectors(dimension: 64, values: values)
    }
    values[127] = -.leastNonzeroMagnitude
    #expect(try FaceVectors(dimension: 64, values: values).count == 2)
  }

  @Test(
    "a model's name and version are printable and without spaces",
    arguments: ["", "a b", "é", "a\"b", "a\\b", String(repeating: "x", count: 65)]
  )
  func model(_ text: String) {
    #expect(throws: FaceModelError.name(text)) { try FaceModel(name: text) }
    #expect(throws: FaceModelError.version(text)) { try FaceModel(name: "m", version: text) }
  }
}
