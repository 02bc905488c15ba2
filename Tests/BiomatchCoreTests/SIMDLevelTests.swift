import BiomatchCore
import Foundation
import Testing

@Suite("SIMD levels")
struct SIMDLevelTests {
  @Test("the portable level is everywhere, levels come slowest first, the best is the last")
  func available() {
    let available = SIMDLevel.available
    #expect(available.first == .portable)
    #expect(SIMDLevel.best == available.last)
    #expect(available == SIMDLevel.allCases.filter(\.isAvailable))
    #if arch(arm64)
      #expect(available == [.portable, .neon])
    #elseif arch(x86_64)
      #expect(!available.contains(.neon))
    #endif
  }

  @Test("names of available levels are accepted, others refused with what there is")
  func validating() throws {
    for level in SIMDLevel.allCases {
      if level.isAvailable {
        #expect(try SIMDLevel(validating: level.rawValue) == level)
      } else {
        #expect(throws: SIMDLevelError.unavailable(level)) {
          try SIMDLevel(validating: level.rawValue)
        }
      }
    }
    for name in ["", "sse", "AVX2", "portable ", "avx-512"] {
      let error = #expect(throws: SIMDLevelError.unknown(name)) {
        try SIMDLevel(validating: name)
      }
      #expect(error?.code == "simd.unknown")
      #expect(error?.rule.contains("'\(name)'") == true)
      #expect(error?.remedy.contains("portable") == true)
    }
  }

  @Test("the level in use is the one that the environment names, or the best")
  func active() {
    let named = ProcessInfo.processInfo.environment["BIOMATCH_SIMD"].flatMap(SIMDLevel.init)
    let expected = named.flatMap { $0.isAvailable ? $0 : nil } ?? .best
    #expect(SIMDLevel.active == expected)
  }

  // The variable is read once, so each value takes a process of its own.

  @Test("BIOMATCH_SIMD forces a level")
  func forced() async {
    await #expect(processExitsWith: .success) {
      setenv("BIOMATCH_SIMD", "portable", 1)
      precondition(SIMDLevel.active == .portable)
    }
  }

  @Test("what BIOMATCH_SIMD names in vain leaves the best level")
  func unknown() async {
    await #expect(processExitsWith: .success) {
      setenv("BIOMATCH_SIMD", "fastest", 1)
      precondition(SIMDLevel.active == .best)
    }
    await #expect(processExitsWith: .success) {
      #if arch(arm64)
        setenv("BIOMATCH_SIMD", "avx2", 1)
      #else
        setenv("BIOMATCH_SIMD", "neon", 1)
      #endif
      precondition(SIMDLevel.active == .best)
    }
  }
}
