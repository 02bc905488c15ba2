import BiomatchCore
import BiomatchCrypto
import BiomatchLinkage

/// Linkage schemas, and tables under one.
let linkageTargets: [FuzzTarget] = [
  FuzzTarget(name: "linkage-schema") { input in
    guard let reading = try? LinkageSchema.parse(input) else { return }
    let schema = reading.schema
    do {
      let again = try LinkageSchema.parse(Array(schema.json().utf8))
      precondition(again.schema == schema, "the schema changed when it was written")
      precondition(again.remarks.isEmpty, "what was written has something without effect")
      let digest = try SchemaDigest(of: schema)
      let digestAgain = try SchemaDigest(of: again.schema)
      precondition(digestAgain == digest, "the digest changed")
    } catch {
      preconditionFailure("what was written is not read: \(error)")
    }
    // A record of nothing in particular must not harm either; a long schema would take memory.
    guard schema.features.count <= 8, schema.hashedBits <= 1 << 14,
      let encoder = try? RecordEncoder(schema: schema, secret: SecretBytes(copying: [1]))
    else { return }
    for value in ["", "1", "2000-01-01", "Ab \u{E9}\u{1F600}"] {
      let record = Array(repeating: value, count: schema.features.count)
      guard let code = try? encoder.code(of: record) else { continue }
      precondition(code.count == schema.wordsPerCode, "a code has another length")
    }
  },
  FuzzTarget(name: "linkage-table") { input in
    guard let table = try? RecordTable(bytes: input, schema: tableSchema, header: .none) else {
      return
    }
    encodeAll(table)
  },
  FuzzTarget(name: "linkage-objects") { input in
    guard let table = try? RecordTable(objects: input, schema: tableSchema) else { return }
    encodeAll(table)
  },
  FuzzTarget(name: "linkage-pattern") { input in
    // The first line is the pattern, the rest a text.
    let parts = input.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
    guard let source = parts.first,
      let pattern = try? TextPattern(String(decoding: source, as: UTF8.self))
    else { return }
    _ = pattern.matches(String(decoding: parts.count > 1 ? parts[1] : [], as: UTF8.self))
  },
]

/// Encodes what can be; what cannot has a finding that can be written to a file of rejects.
private func encodeAll(_ table: consuming RecordTable) {
  var table = table
  let size = tableSchema.wordsPerCode
  while let batch = try? tableEncoder?.encode(&table, threads: 1) {
    precondition(batch.words.count == batch.identifiers.count * size, "a code is missing")
    precondition(
      Set(batch.identifiers).count == batch.identifiers.count,
      "an identifier comes twice"
    )
    var rejects = CSVWriter(columns: ["rule"])
    for reject in batch.rejects {
      do { try rejects.write([reject.rule]) } catch {
        preconditionFailure("a finding is no field: \(error)")
      }
    }
  }
}

private let tableSchema: LinkageSchema = {
  let json = """
    {"version": 3, "clkConfig": {"l": 1000, "xor_folds": 1, "kdf": {"type": "HKDF"}}, "features": [
     {"identifier": "id", "ignored": true},
     {"identifier": "a", "format": {"type": "string", "case": "upper", "encoding": "utf-16"},
      "hashing": {"comparison": {"type": "ngram", "n": 2}, "strategy": {"bitsPerToken": 3},
                  "hash": {"type": "doubleHash", "prevent_singularity": true}}},
     {"identifier": "b", "format": {"type": "date", "format": "%d %b %y"},
      "hashing": {"comparison": {"type": "ngram", "n": 5, "positional": true},
                  "strategy": {"bitsPerFeature": 40}, "hash": {"type": "doubleHash"},
                  "missingValue": {"sentinel": ""}}},
     {"identifier": "c", "format": {"type": "string"},
      "hashing": {"comparison": {"type": "numeric", "thresholdDistance": 2.5, "resolution": 2,
                                 "fractional_precision": 1},
                  "strategy": {"bitsPerToken": 3}, "hash": {"type": "doubleHash"}}},
     {"identifier": "d", "format": {"type": "integer", "maximum": 1000},
      "hashing": {"comparison": {"type": "exact"}, "strategy": {"bitsPerToken": 3},
                  "hash": {"type": "doubleHash"}, "missingValue": {"sentinel": ""}}}]}
    """
  do { return try LinkageSchema.parse(Array(json.utf8)).schema } catch {
    preconditionFailure("the schema of the target is bad: \(error)")
  }
}()

private let tableEncoder = try? RecordEncoder(
  schema: tableSchema,
  secret: SecretBytes(copying: [1, 2, 3])
)
