import BiomatchFace
import BiomatchTestSupport
import Foundation
import Testing

@Suite(
  "Agreement with NumPy",
  .enabled(if: Python.hasNumPy, "needs python3 with numpy")
)
struct NumPyTests {
  @Test(
    "what NumPy writes in any version and type is read, or refused by name",
    arguments: [(1, 0), (2, 0), (3, 0)]
  )
  func reading(version: (Int, Int)) throws {
    let directory = try TemporaryDirectory()
    let script = """
      import sys, numpy as np
      out, version = sys.argv[1], (int(sys.argv[2]), int(sys.argv[3]))
      a = np.random.default_rng(1).standard_normal((11, 70))
      def save(name, array):
        with open(f"{out}/{name}.npy", "wb") as file:
          np.lib.format.write_array(file, array, version)
      for t in ["f2", "f4", "f8"]:
        save(t, a.astype("<" + t))
        a.astype("<" + t).astype("<f4").tofile(f"{out}/{t}.raw")
      a.astype("<f4").tofile(f"{out}/row.raw")
      save("row", a.astype("<f4")[:1])
      save("flat", a.astype("<f4")[0])
      save("one-row-fortran", np.asfortranarray(a.astype("<f4")[:1]))
      save("byte-order", a.astype(">f4"))
      save("element-type", a.astype("<i4"))
      save("order", np.asfortranarray(a))
      save("shape", a.reshape(11, 7, 10))
      save("objects", a.astype(object))
      save("structured", np.zeros(4, dtype=[("a", "<f4"), ("b", "<f4")]))
      """
    try Python.run(["-c", script, directory.path, "\(version.0)", "\(version.1)"])
    for type in ["f2", "f4", "f8"] {
      let expected = try FileBytes.read(directory.file("\(type).raw"))
      #expect(
        VectorFiles.bytes(try VectorFiles.read(directory.file("\(type).npy"))) == expected,
        "\(type)"
      )
    }
    let row = try FileBytes.read(directory.file("row.raw")).prefix(70 * 4)
    for name in ["row", "flat", "one-row-fortran"] {
      #expect(VectorFiles.bytes(try VectorFiles.read(directory.file("\(name).npy")))[...] == row)
    }
    for name in ["byte-order", "element-type", "order", "shape", "objects", "structured"] {
      do throws(FaceVectorFileError) {
        _ = try FaceVectorReader(directory.file("\(name).npy"))
        Issue.record("\(name) was read")
      } catch {
        #expect(error.code == "face.npy.\(name)")
      }
    }
  }

  @Test("NumPy reads what is written, and writes the same bytes")
  func writing() throws {
    let directory = try TemporaryDirectory()
    for rows in [0, 1, 1000] {
      let values = VectorFiles.random(rows: rows, dimension: 128, seed: 9)
      var writer = try FaceVectorWriter(directory.file("a.npy"), dimension: 128)
      try writer.append(FaceVectors(dimension: 128, values: values))
      try writer.publish(durably: false)
      let script = """
        import sys, numpy as np
        a = np.load(sys.argv[1] + "/a.npy")
        assert a.dtype == np.float32 and a.shape == (\(rows), 128)
        a.tofile(sys.argv[1] + "/a.raw")
        np.save(sys.argv[1] + "/b.npy", a)
        """
      try Python.run(["-c", script, directory.path])
      #expect(try FileBytes.read(directory.file("a.raw")) == VectorFiles.bytes(values))
      #expect(
        try FileBytes.read(directory.file("a.npy")) == FileBytes.read(directory.file("b.npy"))
      )
    }
  }

  @Test("what NumPy writes as text is read")
  func text() throws {
    let directory = try TemporaryDirectory()
    let script = """
      import sys, numpy as np
      a = np.random.default_rng(1).standard_normal((50, 70)).astype("<f4")
      a.tofile(sys.argv[1] + "/a.raw")
      np.savetxt(sys.argv[1] + "/a.csv", a, delimiter=", ")
      """
    try Python.run(["-c", script, directory.path])
    #expect(
      VectorFiles.bytes(try VectorFiles.read(directory.file("a.csv")))
        == (try FileBytes.read(directory.file("a.raw")))
    )
  }
}
