import BiomatchCore
import BiomatchCrypto
import BiomatchLinkage
import Testing

@Suite("Tables of records")
struct RecordTableTests {
  private func encode(
    _ text: String,
    header: RecordTable.Header = .check,
    idColumn: String? = nil
  ) throws -> EncodedBatch {
    let schema = try SchemaFixtures.schema()
    let encoder = try RecordEncoder(schema: schema, secret: SecretBytes(copying: [1, 2, 3]))
    var table = try RecordTable(
      bytes: Array(text.utf8),
      schema: schema,
      header: header,
      identifierColumn: idColumn
    )
    let batch = try encoder.encode(&table)
    return try #require(batch)
  }

  private static let good = "1,ERIKSSON,1974-08-12,F,2,L898\n"

  @Test("rows that cannot be taken are told with line and rule, the others are encoded")
  func rejects() throws {
    let batch = try encode(
      "\u{FEFF}" + SchemaFixtures.header + Self.good
        + "1,TWICE,1974-08-12,F,2,L898\n"
        + "3,SHORT\n"
        + ",NOBODY,1974-08-12,F,2,L898\n"
        + "5,\"TWO\nLINES\",1974-08-12,F,2,L898\n"
        + "6,BAD,1974-13-12,F,2,L898\n"
        + "7,LAST,,,,\n"
    )
    #expect(batch.identifiers.map(\.string) == ["1", "5", "7"])
    #expect(batch.words.count == 3 * 16)
    #expect(
      batch.rejects.map(\.code)
        == ["record.duplicate", "record.fields", "record.identifier", "record.date"]
    )
    #expect(batch.rejects.map { $0.location.line } == [3, 4, 5, 8])
    #expect(batch.rejects.last?.location.column == 7)
    #expect(batch.rejects.last?.location.field == "birth")
  }

  @Test("the finding of a line of NDJSON is short, and can be written to a file of rejects")
  func objectFinding() throws {
    let name = "x\\u0000" + String(repeating: "y", count: 30_000)
    let schema = try SchemaFixtures.schema()
    let encoder = try RecordEncoder(schema: schema, secret: SecretBytes(copying: [1, 2, 3]))
    var table = try RecordTable(
      objects: Array("\n{\"\(name)\": 1, \"\(name)\": 2}\n{]\n".utf8),
      schema: schema
    )
    let batch = try #require(try encoder.encode(&table))
    #expect(batch.rejects.map(\.code) == ["record.object", "record.object"])
    #expect(batch.rejects.map { $0.location.line } == [2, 3])
    #expect(batch.rejects[1].location.column == 2)
    var rejects = CSVWriter(columns: ["rule"])
    for reject in batch.rejects {
      #expect(reject.rule.count < 200)
      try rejects.write([reject.rule])
    }
  }

  @Test("a record without any value is told: nothing can be compared with it")
  func empty() throws {
    let text = SchemaFixtures.json.replacing(", \"replaceWith\": \"NONE\"", with: "")
    let schema = try LinkageSchema.parse(Array(text.utf8)).schema
    let encoder = try RecordEncoder(schema: schema, secret: SecretBytes(copying: [1]))
    var table = try RecordTable(
      bytes: Array((SchemaFixtures.header + "1,,,,,\n").utf8),
      schema: schema
    )
    let first = try encoder.encode(&table)
    let batch = try #require(first)
    #expect(batch.identifiers.isEmpty && batch.words.isEmpty)
    #expect(batch.rejects.map(\.code) == ["record.empty"])
  }

  @Test(
    "a header that is not the schema's is told with its column",
    arguments: [
      ("id,name,birth,sex,children\n", 19), ("id,name,birth,sex,document,children\n", 19),
      ("id,name,birth,sex,children,document,x\n", 37),
    ]
  )
  func header(text: String, column: Int) throws {
    let error = try #require(throws: RecordError.self) { try encode(text + Self.good) }
    #expect(error.code == "record.header")
    #expect(error.location.line == 1)
    #expect(error.location.column == column)
  }

  @Test("a header can be ignored or absent")
  func otherHeaders() throws {
    let first = try encode(SchemaFixtures.header + Self.good)
    #expect(try encode("a,b,c,d,e,f\n" + Self.good, header: .ignore).words == first.words)
    #expect(try encode(Self.good, header: .none).words == first.words)
  }

  @Test("any column can identify records; one that the schema lacks cannot")
  func identifiers() throws {
    let batch = try encode(SchemaFixtures.header + Self.good, idColumn: "document")
    #expect(batch.identifiers.map(\.string) == ["L898"])
    let error = try #require(throws: RecordError.self) {
      try encode(SchemaFixtures.header + Self.good, idColumn: "passport")
    }
    #expect(error.code == "record.header")
  }

  @Test(
    "text that is no table ends it",
    arguments: [("", "csv.header"), ("id,name,birth\u{0}", "csv.nul")]
  )
  func noTable(text: String, code: String) throws {
    let error = try #require(throws: RecordError.self) { try encode(text) }
    #expect(error.code == code)
  }
}
