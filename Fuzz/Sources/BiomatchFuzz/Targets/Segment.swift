import BiomatchCore

/// The segment reader, on bytes as they come and on files whose checksums are right.
let segmentTargets: [FuzzTarget] = [
  FuzzTarget(name: "segment") { input in
    read(input)
    var file = PackedSegment(input).file
    read(file)
    PackedSegment.seal(&file)
    read(file)
  }
]

private func read(_ bytes: [UInt8]) {
  withFile(of: bytes) { read(bytes, path: $0) }
}

/// Opens a file of those bytes, checks it, and reads everything in it.
private func read(_ bytes: [UInt8], path: String) {
  do throws(SegmentError) {
    let segment = try Segment(path: path)
    var failures = 0
    do throws(SegmentError) { try segment.verify() } catch { failures += 1 }
    for section in segment.sections {
      do throws(SegmentError) {
        let count = try segment.withBytes(of: section.label) { $0.byteCount }
        precondition(count == section.count && count <= bytes.count, "bytes beyond the file")
      } catch {
        failures += 1
      }
    }
    for row in 0..<segment.rowCount {
      do throws(SegmentError) {
        _ = try (segment.reference(ofRow: row), segment.subject(ofRow: row))
        _ = try segment.isDeleted(row: row)
      } catch {
        failures += 1
        // One damaged row tells what a million would.
        break
      }
    }
    if failures > 0 {
      do throws(SegmentError) {
        try segment.verify()
        preconditionFailure("verified, and damaged all the same")
      } catch {
        precondition(!error.description.isEmpty)
      }
    }
  } catch {
    precondition(!error.description.isEmpty)
  }
}

/// A segment without the zeros between its parts, for inputs that a fuzzer can work with.
///
/// The fields of the header (152 bytes), how many pages of sections there are, the first 128 bytes of
/// each page, and the tables. Whatever leads into the file again (sizes, offsets of the parts,
/// checksums) is computed; everything else is the input's.
struct PackedSegment {
  private static let page = 4096
  private static let fields = 152
  private static let pageBytes = 128

  private var header: [UInt8]
  private var pages: [UInt8] = []
  private var tables: [UInt8]

  init(_ input: [UInt8]) {
    header = Array(input.prefix(Self.fields))
    header += [UInt8](repeating: 0, count: Self.page - header.count)
    var rest = input.dropFirst(Self.fields)
    let count = Int(rest.popFirst() ?? 0) % 8
    for _ in 0..<count {
      let content = rest.prefix(Self.pageBytes)
      rest = rest.dropFirst(Self.pageBytes)
      pages += content + [UInt8](repeating: 0, count: Self.page - content.count)
    }
    tables = Array(rest)
  }

  /// The whole file.
  var file: [UInt8] {
    var header = header
    var tables = tables
    let tablesOffset = Self.page + pages.count
    sumBlocks(of: &tables)
    header.replaceSubrange(0..<8, with: [0x89, 0x42, 0x4D, 0x53, 0x45, 0x47, 0x0D, 0x0A])
    Self.put(1, size: 4, at: 8, in: &header)
    Self.put(Self.page, size: 4, at: 12, in: &header)
    Self.put(tablesOffset + tables.count, size: 8, at: 16, in: &header)
    Self.put(tablesOffset, size: 8, at: 40, in: &header)
    Self.put(tables.count, size: 8, at: 48, in: &header)
    Self.put(Int(CRC32C.checksum(of: tables)), size: 4, at: 60, in: &header)
    Self.put(Int(CRC32C.checksum(of: Array(header[..<4092]))), size: 4, at: 4092, in: &header)
    return header + pages + tables
  }

  /// Puts the checksums of all blocks that lie in the pages into the tables.
  private func sumBlocks(of tables: inout [UInt8]) {
    let sections = Int(header[56])
    var entry = 64 * sections
    for section in 0..<sections where 64 * (section + 1) <= tables.count {
      let start = Self.number(tables[(64 * section + 24)...].prefix(4)) - Self.page
      let size = Self.number(tables[(64 * section + 32)...].prefix(4))
      let blockSize = Self.number(tables[(64 * section + 40)...].prefix(4))
      guard start >= 0, size >= 0, start + size <= pages.count, blockSize >= Self.page else {
        return
      }
      for block in stride(from: start, to: start + size, by: blockSize) {
        guard entry + 32 <= tables.count else { return }
        let bytes = Array(pages[block..<min(block + blockSize, start + size)])
        Self.put(Int(CRC32C.checksum(of: bytes)), size: 4, at: entry, in: &tables)
        entry += 32
      }
    }
  }

  /// Says that a file is sealed, with the right checksum.
  static func seal(_ file: inout [UInt8]) {
    file[113] = 1
    put(Int(CRC32C.checksum(of: Array(file[..<4092]))), size: 4, at: 4092, in: &file)
  }

  /// Makes all checksums right whose places the file's own numbers tell.
  static func finish(_ file: inout [UInt8]) {
    let tablesOffset = number(file[40...].prefix(4))
    if tablesOffset >= page, tablesOffset <= file.count {
      var packed = PackedSegment([])
      packed.header = Array(file[..<page])
      packed.pages = Array(file[page..<tablesOffset])
      var tables = Array(file[tablesOffset...])
      packed.sumBlocks(of: &tables)
      file.replaceSubrange(tablesOffset..., with: tables)
      put(Int(CRC32C.checksum(of: tables)), size: 4, at: 60, in: &file)
    }
    put(Int(CRC32C.checksum(of: Array(file[..<4092]))), size: 4, at: 4092, in: &file)
  }

  private static func put(_ value: Int, size: Int, at offset: Int, in bytes: inout [UInt8]) {
    for index in 0..<size {
      bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
    }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
