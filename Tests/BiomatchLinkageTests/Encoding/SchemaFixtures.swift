import BiomatchLinkage

/// A schema of six columns of all kinds, in JSON, whose parts tests replace.
enum SchemaFixtures {
  static let json = """
    {"version": 3,
     "clkConfig": {"l": 1024, "kdf": {"type": "HKDF"}},
     "features": [
      {"identifier": "id", "ignored": true},
      {"identifier": "name", "format": {"type": "string", "case": "upper", "maxLength": 20},
       "hashing": {"comparison": {"type": "ngram", "n": 2}, "strategy": {"bitsPerFeature": 100},
                   "missingValue": {"sentinel": ""}}},
      {"identifier": "birth", "format": {"type": "date", "format": "%Y-%m-%d"},
       "hashing": {"comparison": {"type": "ngram", "n": 1, "positional": true},
                   "strategy": {"bitsPerToken": 12}, "missingValue": {"sentinel": ""}}},
      {"identifier": "sex", "format": {"type": "enum", "values": ["F", "M"]},
       "hashing": {"comparison": {"type": "exact"}, "strategy": {"bitsPerToken": 20},
                   "missingValue": {"sentinel": ""}}},
      {"identifier": "children", "format": {"type": "integer", "minimum": 0, "maximum": 20},
       "hashing": {"comparison": {"type": "numeric", "thresholdDistance": 5, "resolution": 3},
                   "strategy": {"bitsPerToken": 5}, "hash": {"type": "doubleHash"},
                   "missingValue": {"sentinel": ""}}},
      {"identifier": "document", "format": {"type": "string", "pattern": "[A-Z]\\\\d{3}"},
       "hashing": {"comparison": {"type": "exact"}, "strategy": {"bitsPerFeature": 80},
                   "missingValue": {"sentinel": "", "replaceWith": "NONE"}}}]}
    """

  static func schema() throws -> LinkageSchema { try LinkageSchema.parse(Array(json.utf8)).schema }

  static let header = "id,name,birth,sex,children,document\n"
}
