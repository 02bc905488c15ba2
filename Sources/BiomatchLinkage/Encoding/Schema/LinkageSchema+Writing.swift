import BiomatchCore

extension LinkageSchema {
  /// The schema as JSON of version 3, with everything that has a default written out.
  ///
  /// Equal schemas give equal texts. A schema with ``KeyDerivation/legacy`` is one that clkhash
  /// cannot read: there, only a program can ask for it.
  public func json() -> String { document.text(isIndented: true) + "\n" }

  /// The form that ``SchemaDigest`` is made of.
  var canonicalText: String { document.text(isIndented: false) }

  private var document: JSONDocument {
    .object([
      JSONMember("version", .number("3")),
      JSONMember(
        "clkConfig",
        .object([
          JSONMember("l", .number(String(bits))),
          JSONMember("xor_folds", .number(String(folds))),
          JSONMember("kdf", keyDerivation.document),
        ])
      ),
      JSONMember("features", .array(features.map(\.document))),
    ])
  }
}

extension KeyDerivation {
  fileprivate var document: JSONDocument {
    guard case .hkdf(let settings) = self else {
      return .object([JSONMember("type", .string("legacy"))])
    }
    return .object([
      JSONMember("type", .string("HKDF")),
      JSONMember("hash", .string(settings.hash.rawValue)),
      JSONMember("salt", .string(Base64.text(settings.salt))),
      JSONMember("info", .string(Base64.text(settings.info))),
      JSONMember("keySize", .number(String(settings.keySize))),
    ])
  }
}

extension LinkageFeature {
  fileprivate var document: JSONDocument {
    guard let encoding else {
      return .object([
        JSONMember("identifier", .string(identifier)), JSONMember("ignored", .bool(true)),
      ])
    }
    var hashing = [
      JSONMember("comparison", encoding.comparison.document),
      JSONMember("strategy", encoding.strategy.document),
      JSONMember("hash", encoding.hash.document),
    ]
    if let missing = encoding.missingValue {
      hashing.append(
        JSONMember(
          "missingValue",
          .object([
            JSONMember("sentinel", .string(missing.sentinel)),
            JSONMember("replaceWith", .string(missing.replacement)),
          ])
        )
      )
    }
    return .object([
      JSONMember("identifier", .string(identifier)),
      JSONMember("format", encoding.format.document),
      JSONMember("hashing", .object(hashing)),
    ])
  }
}

extension FeatureFormat {
  fileprivate var document: JSONDocument {
    var members: [JSONMember] = []
    func add(_ name: String, _ number: Int?) {
      if let number { members.append(JSONMember(name, .number(String(number)))) }
    }
    switch self {
    case .text(let format):
      members = [
        JSONMember("type", .string("string")),
        JSONMember("encoding", .string(format.characters.rawValue)),
        JSONMember("case", .string(format.letterCase.rawValue)),
      ]
      add("minLength", format.minimumLength)
      add("maxLength", format.maximumLength)
    case .pattern(let pattern, let characters):
      members = [
        JSONMember("type", .string("string")),
        JSONMember("encoding", .string(characters.rawValue)),
        JSONMember("pattern", .string(pattern.source)),
      ]
    case .integer(let minimum, let maximum):
      members = [JSONMember("type", .string("integer"))]
      add("minimum", minimum)
      add("maximum", maximum)
    case .date(let format):
      members = [
        JSONMember("type", .string("date")), JSONMember("format", .string(format.pattern)),
      ]
    case .values(let values):
      members = [
        JSONMember("type", .string("enum")),
        JSONMember("values", .array(Self.ordered(values).map(JSONDocument.string))),
      ]
    }
    return .object(members)
  }
}

extension TokenComparison {
  fileprivate var document: JSONDocument {
    switch self {
    case .ngrams(let n, let positional):
      .object([
        JSONMember("type", .string("ngram")), JSONMember("n", .number(String(n))),
        JSONMember("positional", .bool(positional)),
      ])
    case .exact: .object([JSONMember("type", .string("exact"))])
    case .numeric(let neighbourhood):
      .object([
        JSONMember("type", .string("numeric")),
        JSONMember("thresholdDistance", .number(neighbourhood.distanceText)),
        JSONMember("resolution", .number(String(neighbourhood.resolution))),
        JSONMember("fractional_precision", .number(String(neighbourhood.fractionalPrecision))),
      ])
    }
  }
}

extension NumericNeighbourhood {
  fileprivate var distanceText: String {
    if let whole = Int(exactly: thresholdDistance) { return String(whole) }
    return thresholdDistance.description
  }
}

extension TokenStrategy {
  fileprivate var document: JSONDocument {
    switch self {
    case .bitsPerToken(let count):
      .object([JSONMember("bitsPerToken", .number(String(count)))])
    case .bitsPerFeature(let count):
      .object([JSONMember("bitsPerFeature", .number(String(count)))])
    }
  }
}

extension TokenHash {
  fileprivate var document: JSONDocument {
    switch self {
    case .blake: .object([JSONMember("type", .string("blakeHash"))])
    case .double(let preventSingularity):
      .object([
        JSONMember("type", .string("doubleHash")),
        JSONMember("prevent_singularity", .bool(preventSingularity)),
      ])
    }
  }
}
