import BiomatchCore

/// A schema that was read, and what in its file has no effect.
public struct LinkageSchemaReading: Sendable, Hashable {
  /// The schema.
  public var schema: LinkageSchema
  /// What clkhash passes over, and this library with it.
  public var remarks: [LinkageSchemaRemark]
}

/// Something in a schema that has no effect, though a reader may think it has.
public struct LinkageSchemaRemark: Sendable, Hashable {
  /// Where in the schema, `$.clkConfig.xorFolds` for example.
  public var path: String
  /// What is to be known, as a sentence without a full stop.
  public var text: String
}

extension LinkageSchema {
  /// The largest schema that is read, in bytes.
  public static let sizeLimit = 1 << 22

  /// Reads the schema of the file at `path`, or of the standard input for `-`.
  ///
  /// - Throws: ``LinkageSchemaError``.
  public static func read(_ path: String) throws(LinkageSchemaError) -> LinkageSchemaReading {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, limit: sizeLimit) } catch { throw .file(error) }
    return try parse(bytes, file: path)
  }

  /// Reads a schema in JSON: of version 3, or of version 1 or 2, which are converted as clkhash
  /// converts them.
  ///
  /// - Parameter file: the name to be given in errors.
  /// - Throws: ``LinkageSchemaError``.
  public static func parse(
    _ json: [UInt8],
    file: String? = nil
  ) throws(LinkageSchemaError) -> LinkageSchemaReading {
    let document: JSONDocument
    do {
      document = try JSONScanner.document(json, file: file)
    } catch {
      throw .json(error)
    }
    var reader = SchemaReader()
    do throws(LinkageSchemaError) {
      let schema = try reader.schema(document)
      return LinkageSchemaReading(schema: schema, remarks: reader.remarks)
    } catch {
      throw error.naming(file)
    }
  }
}

/// Turns JSON into a schema.
struct SchemaReader {
  private(set) var remarks: [LinkageSchemaRemark] = []

  mutating func schema(_ document: JSONDocument) throws(LinkageSchemaError) -> LinkageSchema {
    let given = SchemaNode(value: document, path: "$")
    let version = try given.member("version").integer()
    guard (1...3).contains(version) else {
      throw .breaking(.version, "$.version", "the version must be 1, 2 or 3, found \(version)")
    }
    var root = given
    if version == 1 { root = try OlderSchema.version2(ofVersion1: root) }
    if version <= 2 { root = try OlderSchema.version3(ofVersion2: root) }
    try pass(over: root, beyond: ["version", "clkConfig", "features"])
    let settings = try root.member("clkConfig")
    try checkFoldNames(settings)
    var features: [LinkageFeature] = []
    for node in try root.member("features").elements() { features.append(try feature(node)) }
    return try LinkageSchema(
      bits: try settings.member("l").integer(),
      folds: try settings.optional("xor_folds")?.integer() ?? 0,
      keyDerivation: try keyDerivation(settings.member("kdf")),
      features: features
    )
  }

  private mutating func checkFoldNames(_ settings: SchemaNode) throws(LinkageSchemaError) {
    try pass(over: settings, beyond: ["l", "kdf", "xor_folds", "xorFolds"])
    guard settings.has("xorFolds") else { return }
    remark(
      "\(settings.path).xorFolds",
      "clkhash reads xor_folds and passes over xorFolds, whatever its documentation says"
    )
  }

  private mutating func keyDerivation(
    _ node: SchemaNode
  ) throws(LinkageSchemaError) -> KeyDerivation {
    switch try node.member("type").string() {
    case "legacy":
      try pass(over: node, beyond: ["type"])
      return .legacy
    case "HKDF": break
    case let other:
      throw .breaking(.value, "\(node.path).type", "the value must be HKDF, found '\(other)'")
    }
    try pass(over: node, beyond: ["type", "hash", "salt", "info", "keySize"])
    return .hkdf(
      HKDFSettings(
        hash: try node.optional("hash")?.choice(HKDFSettings.Hash.self) ?? .sha256,
        salt: try bytes(node.optional("salt")),
        info: try bytes(node.optional("info")),
        keySize: try node.optional("keySize")?.integer() ?? 64
      )
    )
  }

  private func bytes(_ node: SchemaNode?) throws(LinkageSchemaError) -> [UInt8] {
    guard let node else { return [] }
    guard let bytes = Base64.bytes(try node.string()) else {
      throw .breaking(.base64, node.path, "the value must be base64 with padding")
    }
    return bytes
  }

  // MARK: Remarks

  /// Notes members that clkhash passes over.
  mutating func pass(over node: SchemaNode, beyond known: [String]) throws(LinkageSchemaError) {
    for name in try node.unknown(known) where name != "description" {
      remark("\(node.path).\(name)", "clkhash does not know '\(name)' here and passes over it")
    }
  }

  mutating func remark(_ path: String, _ text: String) {
    remarks.append(LinkageSchemaRemark(path: path, text: text))
  }
}
