import BiomatchFace
import BiomatchTestSupport
import Foundation
import Testing

@Suite(
  "Real face vectors",
  .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence))
)
struct DevelopmentFacesTests {
  @Test(
    "galleries load with their labels",
    arguments: [
      ("lfw_dev_edgexsq_512", "lfw_dev_labels", 7210, 512),
      ("lfw_dev_mbfy1_128", "lfw_dev_labels", 7210, 128),
      ("lfw_dev_mbfcasia_128", "lfw_dev_labels", 7210, 128),
      ("lfw_dev_dlib_128", "lfw_dev_dlib_labels", 3045, 128),
    ]
  )
  func load(name: String, labels: String, rows: Int, dimension: Int) throws {
    var reader = try FaceVectorReader(SharedData.url("faces/\(name).npy").path)
    #expect(reader.dimension == dimension)
    #expect(reader.rowCount == rows)
    var found = 0
    while let batch = try reader.next(1000) { found += batch.vectors.count }
    #expect(found == rows)
    let list = try SharedData.url("faces/\(labels).txt").path
    #expect(try IdentifierList.subjects(list, count: rows).count == rows)
    let error = #expect(throws: IdentifierListError.self) {
      try IdentifierList.subjects(list, count: rows + 1)
    }
    #expect(error?.rule.contains("\(rows + 1)") == true)
    #expect(error?.rule.contains("found \(rows)") == true)
  }
}
