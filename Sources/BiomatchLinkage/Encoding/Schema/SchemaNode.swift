import BiomatchCore

/// A value of a schema's JSON and where it is; every question that it answers wrongly is an error with
/// that place.
struct SchemaNode {
  let value: JSONDocument
  let path: String

  /// A member that must be there.
  func member(_ name: String) throws(LinkageSchemaError) -> SchemaNode {
    if let member = try optional(name) { return member }
    throw .breaking(.missing, path, "there must be a member '\(name)'")
  }

  /// A member that may be there.
  func optional(_ name: String) throws(LinkageSchemaError) -> SchemaNode? {
    try requireObject()
    return value[name].map { SchemaNode(value: $0, path: "\(path).\(name)") }
  }

  func has(_ name: String) -> Bool { value[name] != nil }

  /// The names of the members that are none of `known`.
  func unknown(_ known: [String]) throws(LinkageSchemaError) -> [String] {
    guard case .object(let members) = value else { throw wrongKind("an object") }
    return members.map(\.name).filter { !known.contains($0) }
  }

  /// Refuses members that are none of `known`.
  func allowOnly(_ known: [String]) throws(LinkageSchemaError) {
    guard let name = try unknown(known).first else { return }
    throw .breaking(
      .unknownKey,
      "\(path).\(name)",
      "a member here must be one of \(known.joined(separator: ", ")), found '\(name)'"
    )
  }

  func requireObject() throws(LinkageSchemaError) {
    guard case .object = value else { throw wrongKind("an object") }
  }

  func elements() throws(LinkageSchemaError) -> [SchemaNode] {
    guard case .array(let values) = value else { throw wrongKind("an array") }
    return values.enumerated().map { SchemaNode(value: $1, path: "\(path)[\($0)]") }
  }

  func string() throws(LinkageSchemaError) -> String {
    guard case .string(let text) = value else { throw wrongKind("a string") }
    return text
  }

  func bool() throws(LinkageSchemaError) -> Bool {
    guard case .bool(let value) = value else { throw wrongKind("a boolean") }
    return value
  }

  /// A whole number; as in JSON Schema `20.0` is one.
  func integer() throws(LinkageSchemaError) -> Int {
    guard case .number(let digits) = value else { throw wrongKind("a whole number") }
    if let number = Int(digits) { return number }
    if let number = Double(digits), let whole = Int(exactly: number) { return whole }
    throw .breaking(.kind, path, "the value must be a whole number of 64 bits, found \(digits)")
  }

  func number() throws(LinkageSchemaError) -> Double {
    guard case .number(let digits) = value, let number = Double(digits), number.isFinite else {
      throw wrongKind("a number")
    }
    return number
  }

  /// One of the values of an enumeration.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ type: Choice.Type
  ) throws(LinkageSchemaError) -> Choice where Choice.RawValue == String {
    let text = try string()
    if let choice = Choice(rawValue: text) { return choice }
    let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw .breaking(.value, path, "the value must be one of \(known), found '\(text)'")
  }

  private func wrongKind(_ expected: String) -> LinkageSchemaError {
    .breaking(.kind, path, "the value must be \(expected), found \(value.kind)")
  }
}
