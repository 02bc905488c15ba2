import BiomatchCore

extension SchemaReader {
  mutating func feature(_ node: SchemaNode) throws(LinkageSchemaError) -> LinkageFeature {
    let identifier = try node.member("identifier").string()
    let isIgnored = try node.optional("ignored")?.bool() ?? false
    if isIgnored, !node.has("format"), !node.has("hashing") {
      try node.allowOnly(["identifier", "ignored", "description"])
      return LinkageFeature(identifier, nil)
    }
    try pass(over: node, beyond: ["identifier", "ignored", "format", "hashing"])
    let format = try format(node.member("format"))
    let hashing = try node.member("hashing")
    try hashing.allowOnly(["comparison", "strategy", "hash", "missingValue"])
    let encoding = FeatureEncoding(
      format: format,
      comparison: try comparison(hashing.member("comparison")),
      strategy: try strategy(hashing.member("strategy")),
      hash: try hashing.optional("hash").map { node throws(LinkageSchemaError) in
        try hash(node)
      } ?? .blake,
      missingValue: try hashing.optional("missingValue").map { node throws(LinkageSchemaError) in
        try missingValue(node)
      }
    )
    if isIgnored {
      remark(node.path, "the feature is ignored: its format and hashing have no effect")
    }
    return LinkageFeature(identifier, isIgnored ? nil : encoding)
  }

  // MARK: Formats

  private func format(_ node: SchemaNode) throws(LinkageSchemaError) -> FeatureFormat {
    switch try node.member("type").string() {
    case "string": return try text(node)
    case "integer":
      try node.allowOnly(["type", "minimum", "maximum", "description"])
      return .integer(
        minimum: try node.optional("minimum")?.integer(),
        maximum: try node.optional("maximum")?.integer()
      )
    case "date":
      try node.allowOnly(["type", "format", "description"])
      let pattern = try node.member("format").string()
      guard let format = DateFormat(pattern) else {
        throw .breaking(
          .dateFormat,
          "\(node.path).format",
          "the format must have directives that are understood, each once, found '\(pattern)'"
        )
      }
      return .date(format)
    case "enum":
      try node.allowOnly(["type", "values", "description"])
      var values: [String] = []
      for value in try node.member("values").elements() { values.append(try value.string()) }
      return .values(FeatureFormat.ordered(values))
    case let other:
      throw .breaking(
        .value,
        "\(node.path).type",
        "the value must be one of string, integer, date, enum, found '\(other)'"
      )
    }
  }

  private func text(_ node: SchemaNode) throws(LinkageSchemaError) -> FeatureFormat {
    let characters = try node.optional("encoding")?.choice(CharacterEncoding.self) ?? .utf8
    guard let pattern = try node.optional("pattern") else {
      try node.allowOnly(["type", "encoding", "case", "minLength", "maxLength", "description"])
      return .text(
        TextFormat(
          characters: characters,
          letterCase: try node.optional("case")?.choice(TextFormat.LetterCase.self) ?? .mixed,
          minimumLength: try node.optional("minLength")?.integer(),
          maximumLength: try node.optional("maxLength")?.integer()
        )
      )
    }
    try node.allowOnly(["type", "encoding", "pattern", "description"])
    let source = try pattern.string()
    do {
      return .pattern(try TextPattern(source), characters)
    } catch {
      throw .breaking(
        .pattern,
        pattern.path,
        "the value must be a regular expression that is understood; after \(error.offset) characters "
          + error.text
      )
    }
  }

  // MARK: Hashing

  private mutating func comparison(
    _ node: SchemaNode
  ) throws(LinkageSchemaError) -> TokenComparison {
    switch try node.member("type").string() {
    case "ngram":
      try pass(over: node, beyond: ["type", "n", "positional"])
      return .ngrams(
        n: try node.member("n").integer(),
        positional: try node.optional("positional")?.bool() ?? false
      )
    case "exact":
      try pass(over: node, beyond: ["type"])
      return .exact
    case "numeric":
      try pass(
        over: node,
        beyond: ["type", "thresholdDistance", "resolution", "fractional_precision"]
      )
      let neighbourhood = NumericNeighbourhood(
        thresholdDistance: try node.member("thresholdDistance").number(),
        resolution: try node.member("resolution").integer(),
        fractionalPrecision: try node.optional("fractional_precision")?.integer() ?? 0
      )
      guard let neighbourhood else {
        throw .breaking(
          .range,
          node.path,
          "thresholdDistance must be positive and not zero at fractional_precision, resolution within "
            + "1...4096, fractional_precision within 0...15"
        )
      }
      return .numeric(neighbourhood)
    case let other:
      throw .breaking(
        .value,
        "\(node.path).type",
        "the value must be one of ngram, exact, numeric, found '\(other)'"
      )
    }
  }

  private func strategy(_ node: SchemaNode) throws(LinkageSchemaError) -> TokenStrategy {
    if let count = try node.optional("bitsPerToken") {
      try node.allowOnly(["bitsPerToken"])
      return .bitsPerToken(try count.integer())
    }
    try node.allowOnly(["bitsPerToken", "bitsPerFeature"])
    return .bitsPerFeature(try node.member("bitsPerFeature").integer())
  }

  private mutating func hash(_ node: SchemaNode) throws(LinkageSchemaError) -> TokenHash {
    switch try node.member("type").string() {
    case "blakeHash":
      if node.has("prevent_singularity") {
        throw .breaking(
          .unknownKey,
          "\(node.path).prevent_singularity",
          "prevent_singularity belongs to doubleHash"
        )
      }
      try pass(over: node, beyond: ["type"])
      return .blake
    case "doubleHash":
      try pass(over: node, beyond: ["type", "prevent_singularity"])
      return .double(preventSingularity: try node.optional("prevent_singularity")?.bool() ?? false)
    case let other:
      throw .breaking(
        .value,
        "\(node.path).type",
        "the value must be one of blakeHash, doubleHash, found '\(other)'"
      )
    }
  }

  private mutating func missingValue(_ node: SchemaNode) throws(LinkageSchemaError) -> MissingValue
  {
    try pass(over: node, beyond: ["sentinel", "replaceWith"])
    return MissingValue(
      sentinel: try node.member("sentinel").string(),
      replacement: try node.optional("replaceWith")?.string()
    )
  }
}
