import Benchmark
import BiomatchCrypto

// One core. The throughput is of what the name says; a person is four records of 1 KB under a key of
// their own, which is sealed as well.
let benchmarks: @Sendable () -> Void = {
  let configuration = Benchmark.Configuration(
    metrics: [.wallClock, .throughput],
    scalingFactor: .kilo,
    maxDuration: .seconds(2)
  )
  let short = [UInt8](repeating: 1, count: 32)
  let record = [UInt8](repeating: 2, count: 1024)
  let place = [UInt8](repeating: 3, count: 32)

  Benchmark("HMAC-SHA-256 of 32 bytes", configuration: configuration) { benchmark in
    var hmac = try HMACSHA256(key: .random(count: 32))
    var code = [UInt8](repeating: 0, count: HMACSHA256.codeSize)
    var span = code.mutableSpan
    var bytes = span.mutableBytes
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      try hmac.write(codeOf: short.span.bytes, to: &bytes)
    }
    benchmark.stopMeasurement()
  }

  Benchmark("seal a record of 1 KB", configuration: configuration) { benchmark in
    var sealer = try Sealer(key: .random(count: Sealer.keySize))
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      blackHole(try sealer.seal(record, associatedData: place))
    }
    benchmark.stopMeasurement()
  }

  Benchmark("open a record of 1 KB", configuration: configuration) { benchmark in
    var sealer = try Sealer(key: .random(count: Sealer.keySize))
    let sealed = try sealer.seal(record, associatedData: place)
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      blackHole(try sealer.open(sealed, associatedData: place))
    }
    benchmark.stopMeasurement()
  }

  Benchmark("seal a person", configuration: configuration) { benchmark in
    var master = try Sealer(key: .random(count: Sealer.keySize))
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      let key = try SecretBytes.random(count: Sealer.keySize)
      var sealer = try Sealer(key: key)
      for _ in 0..<4 { blackHole(try sealer.seal(record, associatedData: place)) }
      blackHole(try master.seal(key, associatedData: place))
    }
    benchmark.stopMeasurement()
  }

  Benchmark("open a block of 64 KiB", configuration: configuration) { benchmark in
    let key = try SecretBytes.random(count: BlockSealer.keySize)
    let sealer = try BlockSealer(key: key)
    let salt = sealer.salt
    let block = [UInt8](repeating: 4, count: 1 << 16)
    let sealed = try sealer.sealLast(block, associatedData: place)
    var opener = try BlockOpener(key: key, salt: salt)
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      blackHole(try opener.open(sealed, number: 0, isLast: true, associatedData: place))
    }
    benchmark.stopMeasurement()
  }

  Benchmark("a word of a key stream", configuration: configuration) { benchmark in
    var stream = try KeyStream(key: .random(count: KeyStream.keySize), label: "benchmark")
    var sum: UInt64 = 0
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { sum ^= try stream.nextUInt64() }
    benchmark.stopMeasurement()
    blackHole(sum)
  }

  Benchmark("sign 1 KB by Ed25519", configuration: configuration) { benchmark in
    let key = try Ed25519.PrivateKey.generate()
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { blackHole(try key.signature(of: record)) }
    benchmark.stopMeasurement()
  }

  Benchmark("verify 1 KB by Ed25519", configuration: configuration) { benchmark in
    let key = try Ed25519.PrivateKey.generate()
    let signature = try key.signature(of: record)
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { try key.publicKey.verify(signature, of: record) }
    benchmark.stopMeasurement()
  }
}
