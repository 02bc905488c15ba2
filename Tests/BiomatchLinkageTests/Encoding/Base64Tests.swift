@testable import BiomatchLinkage
import Testing

@Suite("Base64")
struct Base64Tests {
  @Test(
    "bytes are written as in RFC 4648, section 10, and read back",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("\u{FFFF}\u{7F}>?", "77+/fz4/"),
    ]
  )
  func vectors(text: String, encoded: String) {
    #expect(Base64.text(Array(text.utf8)) == encoded)
    #expect(Base64.bytes(encoded) == Array(text.utf8))
  }

  @Test(
    "what is no base64 is refused",
    arguments: ["Zg", "Zg=", "Zh==", "Zm9=", "Z===", "Zm9v!mFy", "=Zm9"]
  )
  func refusal(text: String) {
    #expect(Base64.bytes(text) == nil)
  }
}
