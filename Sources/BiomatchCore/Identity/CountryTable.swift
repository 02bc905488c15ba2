/// What the codes of States and organizations stand for.
enum CountryTable {
  struct Entry {
    var name: String
    var kind: CountryKind
  }

  static let entries: [CountryCode: Entry] = {
    var entries: [CountryCode: Entry] = [:]
    let lists: [(KeyValuePairs<String, String>, CountryKind)] = [
      (states, .state), (moreStates, .state), (britishNationals, .britishNational),
      (organizations, .organization), (["XXA": "Stateless person (1954 Convention)"], .stateless),
      (refugees, .refugee), (["XXX": "Person of unspecified nationality"], .unspecified),
      (former, .former), (["UTO": "Utopia"], .specimen),
    ]
    for (list, kind) in lists {
      for (string, name) in list {
        entries[code(string)] = Entry(name: name, kind: kind)
      }
    }
    return entries
  }()

  static let codes = entries.keys.sorted()
  static let germany = code("DEU")
  static let kosovo = code("RKS")

  private static func code(_ string: String) -> CountryCode {
    guard let code = CountryCode(letters: string.utf8) else {
      preconditionFailure("the tables have well-formed codes")
    }
    return code
  }

  // The lists below are those of ICAO Doc 9303 part 3 (eighth edition), section 5, parts A to H.

  private static let moreStates: KeyValuePairs<String, String> = ["D": "Germany", "RKS": "Kosovo"]

  private static let britishNationals: KeyValuePairs<String, String> = [
    "GBD": "British Overseas Territories citizen", "GBN": "British National (Overseas)",
    "GBO": "British Overseas citizen", "GBP": "British protected person", "GBS": "British subject",
  ]

  private static let organizations: KeyValuePairs<String, String> = [
    "EUE": "European Union",
    "IAO": "International Civil Aviation Organization",
    "UNA": "United Nations specialized agency",
    "UNK": "United Nations Interim Administration Mission in Kosovo",
    "UNO": "United Nations Organization",
    "XBA": "African Development Bank",
    "XCC": "Caribbean Community",
    "XCE": "Council of Europe",
    "XCO": "Common Market for Eastern and Southern Africa",
    "XDC": "Southern African Development Community",
    "XEC": "Economic Community of West African States",
    "XES": "Organization of Eastern Caribbean States",
    "XIM": "African Export-Import Bank",
    "XMP": "Parliamentary Assembly of the Mediterranean",
    "XOM": "Sovereign Military Order of Malta",
    "XPO": "Interpol",
  ]

  private static let refugees: KeyValuePairs<String, String> = [
    "XXB": "Refugee (1951 Convention)", "XXC": "Refugee other than under the 1951 Convention",
  ]

  // ANT and NTZ are in Doc 9303 too; the others are of ISO 3166-3, and of those only codes that people
  // had as a nationality: old records have them still.
  private static let former: KeyValuePairs<String, String> = [
    "ANT": "Netherlands Antilles", "BUR": "Burma", "BYS": "Byelorussian SSR",
    "CSK": "Czechoslovakia", "DDR": "German Democratic Republic", "DHY": "Dahomey",
    "HVO": "Upper Volta", "NTZ": "Neutral Zone", "RHO": "Southern Rhodesia",
    "SCG": "Serbia and Montenegro",
    "SKM": "Sikkim", "SUN": "Soviet Union", "TMP": "East Timor",
    "VDR": "Democratic Republic of Viet-Nam", "YMD": "Democratic Yemen", "YUG": "Yugoslavia",
    "ZAR": "Zaire",
  ]
}
