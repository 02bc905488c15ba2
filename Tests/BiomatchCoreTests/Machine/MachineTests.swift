import BiomatchCore
import Foundation
import Testing

@Suite("The machine")
struct MachineTests {
  @Test("its description names what there is")
  func description() throws {
    let machine = MachineDescription.current
    #expect(!machine.processor.isEmpty)
    #expect(machine.processorCount == ProcessInfo.processInfo.activeProcessorCount)
    let stated = ProcessInfo.processInfo.physicalMemory
    #expect(abs(Double(machine.memory) / Double(stated) - 1) < 0.01)
    #expect(machine.system.split(separator: " ").count >= 3)
    #expect(machine.simdLevels == SIMDLevel.available)
    let coded = try JSONEncoder().encode(machine)
    #expect(try JSONDecoder().decode(MachineDescription.self, from: coded) == machine)
  }

  @Test("its limits are measured at every level and with any number of threads")
  func limits() {
    for level in SIMDLevel.available {
      for threads in [1, 3] {
        #expect(MachineLimits.commonBits(simd: level, threads: threads) > 0, "\(level)")
        #expect(MachineLimits.codeBits(simd: level, threads: threads) > 0, "\(level)")
        let read = MachineLimits.readBytes(simd: level, threads: threads, byteCount: 1 << 20)
        #expect(read > 0 && read.isFinite, "\(level)")
      }
    }
  }
}
