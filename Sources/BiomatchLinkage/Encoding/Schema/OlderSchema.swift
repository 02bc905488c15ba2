import BiomatchCore

/// Brings schemas of older versions to the next one, with the rules of clkhash.
enum OlderSchema {
  /// Weights become numbers of bits, and the hash of the schema that of each feature.
  static func version2(ofVersion1 root: SchemaNode) throws(LinkageSchemaError) -> SchemaNode {
    let settings = try root.member("clkConfig")
    let count = try settings.member("k").integer()
    let hash = try settings.member("hash")
    var features: [JSONDocument] = []
    for node in try root.member("features").elements() {
      features.append(try feature(node, count: count, hash: hash))
    }
    var kept: [JSONMember] = [JSONMember("l", try settings.member("l").value)]
    for name in ["xor_folds", "kdf"] {
      if let value = try settings.optional(name)?.value { kept.append(JSONMember(name, value)) }
    }
    let members = [
      JSONMember("version", .number("2")), JSONMember("clkConfig", .object(kept)),
      JSONMember("features", .array(features)),
    ]
    return SchemaNode(value: .object(members), path: root.path)
  }

  private static func feature(
    _ node: SchemaNode,
    count: Int,
    hash: SchemaNode
  ) throws(LinkageSchemaError) -> JSONDocument {
    if try node.optional("ignored")?.bool() ?? false { return node.value }
    let hashing = try node.member("hashing")
    let weight = try hashing.optional("weight")?.number() ?? 1
    let identifier = JSONMember("identifier", try node.member("identifier").value)
    if weight == 0 { return .object([identifier, JSONMember("ignored", .bool(true))]) }
    let scaled = (weight * Double(count)).rounded(.toNearestOrEven)
    guard weight > 0, let bits = Int(exactly: scaled) else {
      throw .breaking(.range, "\(hashing.path).weight", "the weight must not be negative")
    }
    let strategy = JSONDocument.object([JSONMember("k", .number(String(bits)))])
    return try replacing(
      "hashing",
      of: node,
      by: replacing("weight", of: hashing, by: nil).adding([
        JSONMember("strategy", strategy), JSONMember("hash", hash.value),
      ])
    )
  }

  /// Numbers of bits and n-grams get the names of version 3.
  static func version3(ofVersion2 root: SchemaNode) throws(LinkageSchemaError) -> SchemaNode {
    var features: [JSONDocument] = []
    for node in try root.member("features").elements() {
      if try node.optional("ignored")?.bool() ?? false {
        features.append(node.value)
        continue
      }
      let hashing = try node.member("hashing")
      let comparison = JSONDocument.object([
        JSONMember("type", .string("ngram")), JSONMember("n", try hashing.member("ngram").value),
        JSONMember("positional", try hashing.optional("positional")?.value ?? .bool(false)),
      ])
      let given = try hashing.member("strategy")
      try given.requireObject()
      var strategy = given.value
      if let value = strategy["k"] {
        strategy = .object([JSONMember("bitsPerToken", value)])
      } else if let value = strategy["numBits"] {
        strategy = .object([JSONMember("bitsPerFeature", value)])
      }
      var converted = try replacing("ngram", of: hashing, by: nil)
      for name in ["positional", "strategy", "comparison"] {
        converted = try replacing(
          name,
          of: SchemaNode(value: converted, path: hashing.path),
          by: nil
        )
      }
      converted = converted.adding([
        JSONMember("comparison", comparison), JSONMember("strategy", strategy),
      ])
      features.append(try replacing("hashing", of: node, by: converted))
    }
    let value = try replacing("features", of: root, by: .array(features))
    return SchemaNode(value: value, path: root.path)
  }

  private static func replacing(
    _ name: String,
    of node: SchemaNode,
    by value: JSONDocument?
  ) throws(LinkageSchemaError) -> JSONDocument {
    try node.requireObject()
    guard case .object(let members) = node.value else { return node.value }
    return .object(
      members.compactMap { member in
        member.name == name ? value.map { JSONMember(name, $0) } : member
      }
    )
  }
}

extension JSONDocument {
  fileprivate func adding(_ more: [JSONMember]) -> JSONDocument {
    guard case .object(let members) = self else { return self }
    return .object(members + more)
  }
}
