import BiomatchTestSupport
import Foundation
import Testing

/// A run of the tool whose whole answer is a contract, kept in `Tests/Golden/cli/NAME.txt`.
struct GoldenRun: Sendable, CustomTestStringConvertible {
  var name: String
  var arguments: [String]
  var status: Int32

  init(_ name: String, _ arguments: String, _ status: Int32) {
    self.name = name
    self.arguments = arguments.split(separator: " ").map(String.init)
    self.status = status
  }

  var testDescription: String { name }

  static let help = [
    GoldenRun("help", "--help", 0),
    GoldenRun("help-none", "", 0),
    GoldenRun("help-demo", "demo --help", 0),
    GoldenRun("help-verify", "verify --help", 0),
    GoldenRun("help-template", "template --help", 0),
    GoldenRun("help-template-lint", "template lint --help", 0),
    GoldenRun("help-template-convert", "template convert --help", 0),
    GoldenRun("help-template-show", "template show --help", 0),
    GoldenRun("help-evaluate", "evaluate --help", 0),
    GoldenRun("help-evaluate-fingerprints", "evaluate fingerprints --help", 0),
    GoldenRun("help-evaluate-faces", "evaluate faces --help", 0),
    GoldenRun("help-index", "index --help", 0),
    GoldenRun("help-index-build", "index build --help", 0),
    GoldenRun("help-index-info", "index info --help", 0),
    GoldenRun("help-index-verify", "index verify --help", 0),
    GoldenRun("help-index-remove", "index remove --help", 0),
    GoldenRun("help-index-compact", "index compact --help", 0),
    GoldenRun("help-search", "search --help", 0),
    GoldenRun("help-link", "link --help", 0),
    GoldenRun("help-link-encode", "link encode --help", 0),
    GoldenRun("help-link-schema", "link schema --help", 0),
    GoldenRun("help-link-schema-init", "link schema init --help", 0),
    GoldenRun("help-link-schema-check", "link schema check --help", 0),
    GoldenRun("help-gallery", "gallery --help", 0),
    GoldenRun("help-gallery-create", "gallery create --help", 0),
    GoldenRun("help-gallery-info", "gallery info --help", 0),
    GoldenRun("help-gallery-verify", "gallery verify --help", 0),
    GoldenRun("help-gallery-backup", "gallery backup --help", 0),
    GoldenRun("help-gallery-export-keys", "gallery export-keys --help", 0),
    GoldenRun("help-gallery-restore", "gallery restore --help", 0),
    GoldenRun("help-gallery-compact", "gallery compact --help", 0),
    GoldenRun("help-gallery-rotate-key", "gallery rotate-key --help", 0),
    GoldenRun("help-gallery-check-receipt", "gallery check-receipt --help", 0),
    GoldenRun("help-enrol", "enrol --help", 0),
    GoldenRun("help-show", "show --help", 0),
    GoldenRun("help-update", "update --help", 0),
    GoldenRun("help-delete", "delete --help", 0),
    GoldenRun("help-list", "list --help", 0),
    GoldenRun("help-list-show", "list show --help", 0),
    GoldenRun("help-list-define", "list define --help", 0),
    GoldenRun("help-list-remove", "list remove --help", 0),
    GoldenRun("help-mrz", "mrz --help", 0),
    GoldenRun("help-mrz-parse", "mrz parse --help", 0),
    GoldenRun("help-mrz-build", "mrz build --help", 0),
    GoldenRun("help-link-info", "link info --help", 0),
    GoldenRun("help-link-compare", "link compare --help", 0),
    GoldenRun("help-link-solve", "link solve --help", 0),
    GoldenRun("help-link-run", "link run --help", 0),
    GoldenRun("help-synth", "synth --help", 0),
    GoldenRun("help-synth-fingerprints", "synth fingerprints --help", 0),
    GoldenRun("help-synth-faces", "synth faces --help", 0),
    GoldenRun("help-bench", "bench --help", 0),
    GoldenRun("help-bench-fingerprints", "bench fingerprints --help", 0),
    GoldenRun("help-bench-faces", "bench faces --help", 0),
    GoldenRun("help-bench-linkage", "bench linkage --help", 0),
    GoldenRun("help-bench-gallery", "bench gallery --help", 0),
    GoldenRun("version", "--version", 0),
  ]

  static let usage = [
    GoldenRun("usage-unknown-command", "identify", 64),
    GoldenRun("usage-unknown-option", "verify a.iso b.iso --fast", 64),
    GoldenRun("usage-verify-nothing", "verify", 64),
    GoldenRun("usage-verify-nothing-json", "verify --format json", 64),
    GoldenRun("usage-verify-one", "verify a.iso", 64),
    GoldenRun("usage-format", "verify a.iso b.iso --format xml", 64),
    GoldenRun("usage-threshold", "verify a.iso b.iso --threshold nan", 64),
    GoldenRun(
      "usage-set-range",
      "evaluate fingerprints --pairs pairs.csv --root . --set spatialDeviation=100",
      64
    ),
    GoldenRun("usage-threads", "verify a.iso b.iso --threads 0", 64),
    GoldenRun("usage-simd", "verify a.iso b.iso --simd mmx", 64),
    GoldenRun("usage-view", "verify a.iso b.iso --view-b 2", 64),
    GoldenRun("usage-verify-stdin-twice", "verify - -", 64),
    GoldenRun("usage-half-a-size", "template show a.xyt --width 388", 64),
    GoldenRun("usage-no-size", "template show a.xyt", 64),
    GoldenRun("usage-position", "template show a.xyt --width 388 --height 374 --position toe", 64),
    GoldenRun("usage-lint-nothing", "template lint", 64),
    GoldenRun("usage-convert-no-target", "template convert a.iso -o -", 64),
    GoldenRun("usage-evaluate-nothing", "evaluate fingerprints", 64),
    GoldenRun(
      "usage-evaluate-no-size",
      "evaluate fingerprints --pairs xyt.csv --root .",
      64
    ),
    GoldenRun(
      "usage-evaluate-same-name",
      "evaluate fingerprints --pairs missing.csv ./missing.csv --root .",
      64
    ),
    GoldenRun("usage-evaluate-faces-nothing", "evaluate faces", 64),
    GoldenRun("usage-evaluate-faces-labels", "evaluate faces faces.csv", 64),
    GoldenRun("usage-evaluate-faces-labels-json", "evaluate faces faces.csv --format json", 64),
    GoldenRun("usage-evaluate-faces-column", "evaluate faces faces.csv --label-column person", 64),
    GoldenRun("usage-evaluate-faces-pairs", "evaluate faces faces.csv --labels l --pairs 0", 64),
    GoldenRun("usage-evaluate-faces-stdin", "evaluate faces - --labels -", 64),
    GoldenRun("usage-evaluate-faces-format", "evaluate faces a.iso --labels labels.txt", 64),
    GoldenRun("usage-verify-face-threshold", "verify faces.csv#0 faces.csv#1", 64),
    GoldenRun("usage-verify-face-cosine", "verify faces.csv#0 faces.csv#1 --threshold 2", 64),
    GoldenRun("usage-verify-face-mixed", "verify a.iso faces.csv#0 --threshold 0.4", 64),
    GoldenRun("usage-verify-face-several", "verify face.csv faces.csv --threshold 0.4", 64),
    GoldenRun("usage-verify-face-stdin", "verify - - --vectors --threshold 0.4", 64),
    GoldenRun(
      "usage-verify-face-option",
      "verify face.csv faces.csv#1 --threshold 0.4 --any-rotation",
      64
    ),
    GoldenRun("usage-index-build-nothing", "index build", 64),
    GoldenRun("usage-index-remove-nothing", "index remove prints.index", 64),
    GoldenRun("usage-demo-prints", "demo --prints 19", 64),
    GoldenRun("usage-demo-searches", "demo --searches 0", 64),
    GoldenRun("usage-search-nothing", "search prints.index", 64),
    GoldenRun("usage-search-top", "search prints.index --finger a.iso --top 0", 64),
    GoldenRun("usage-search-mode", "search prints.index --finger a.iso --mode fast", 64),
    GoldenRun("usage-search-deadline", "search prints.index --finger a.iso --deadline -1", 64),
    GoldenRun("usage-search-threshold", "search prints.index --finger a.iso --threshold -1", 64),
    GoldenRun("usage-search-position", "search prints.index --finger a.iso --position toe", 64),
    GoldenRun("usage-gallery-create-key", "gallery create x", 64),
    GoldenRun("usage-gallery-create-new", "gallery create x --new-key", 64),
    GoldenRun("usage-gallery-create-clear", "gallery create x --in-clear --key-file k", 64),
    GoldenRun("usage-gallery-receipt", "gallery check-receipt a.iso", 64),
    GoldenRun("usage-gallery-rotate", "gallery rotate-key x --key-file k", 64),
    GoldenRun("usage-enrol-nothing", "enrol x", 64),
    GoldenRun("usage-enrol-both", "enrol x --subject P1 --manifest people.csv", 64),
    GoldenRun("usage-enrol-finger", "enrol x --in-clear --subject P1 --finger thumb=a.iso", 64),
    GoldenRun("usage-enrol-model", "enrol x --in-clear --subject P1 --face face.csv", 64),
    GoldenRun("usage-enrol-missing", "enrol x --in-clear --subject P1 --missing right-thumb", 64),
    GoldenRun("usage-enrol-sex", "enrol x --in-clear --subject P1 --sex W", 64),
    GoldenRun("usage-enrol-document", "enrol x --in-clear --subject P1 --document P", 64),
    GoldenRun("usage-update-nothing", "update x --subject P1", 64),
    GoldenRun("usage-verify-subject", "verify x --subject P1", 64),
    GoldenRun("usage-verify-subject-two", "verify x y --subject P1 --finger a.iso", 64),
    GoldenRun("usage-demo-people", "demo --people 19", 64),
    GoldenRun("usage-synth-nothing", "synth fingerprints", 64),
    GoldenRun("usage-synth-fingers", "synth fingerprints --fingers 0 -o x", 64),
    GoldenRun("usage-synth-minutiae", "synth fingerprints --fingers 1 -o x --minutiae 500", 64),
    GoldenRun("usage-synth-faces-nothing", "synth faces", 64),
    GoldenRun("usage-synth-faces-dimension", "synth faces --identities 1 -o x --dimension 63", 64),
    GoldenRun("usage-synth-faces-preset", "synth faces --identities 1 -o x --preset half", 64),
    GoldenRun("usage-synth-faces-stdout", "synth faces --identities 1 -o -", 64),
    GoldenRun("usage-synth-faces-same", "synth faces --identities 1 -o x --labels x", 64),
    GoldenRun("usage-bench-rounds", "bench fingerprints --rounds 0", 64),
    GoldenRun("usage-bench-faces-batch", "bench faces --batch 257", 64),
    GoldenRun("usage-bench-faces-probes", "bench faces --faces a.npy", 64),
    GoldenRun("usage-demo-faces", "demo --faces 19", 64),
    GoldenRun("usage-index-build-both", "index build --manifest a.csv --faces b.npy -o x", 64),
    GoldenRun("usage-index-build-labels", "index build --manifest a.csv --labels b.txt -o x", 64),
    GoldenRun("usage-index-build-model", "index build --faces faces.csv -o x", 64),
    GoldenRun(
      "usage-index-build-model-name",
      "index build --faces faces.csv --model 'a\"b' -o x",
      64
    ),
    GoldenRun("usage-search-both", "search x --finger a --face b", 64),
    GoldenRun("usage-bench-gallery-people", "bench gallery --people 99", 64),
    GoldenRun("usage-bench-simd", "bench fingerprints --simd mmx", 64),
    GoldenRun("usage-mrz-reference", "mrz parse zones.txt --reference-date 2026", 64),
    GoldenRun("usage-mrz-reference-text", "mrz parse zones.txt --reference-date today", 64),
    GoldenRun("usage-mrz-build-nothing", "mrz build", 64),
    GoldenRun("usage-link-encode-nothing", "link encode", 64),
    GoldenRun(
      "usage-link-encode-secret",
      "link encode people.csv --schema link-schema.json -o x.json",
      64
    ),
    GoldenRun(
      "usage-link-encode-secret-both",
      "link encode people.csv --schema s.json --secret-file k --secret-env K -o x.json",
      64
    ),
    GoldenRun(
      "usage-link-encode-stdin",
      "link encode - --schema - --secret-file secret.txt -o x.json",
      64
    ),
    GoldenRun(
      "usage-link-encode-same",
      "link encode people.csv --schema s.json --secret-file k -o x.csv --rejects x.csv",
      64
    ),
    GoldenRun(
      "usage-link-encode-secret-env",
      "link encode people.csv --schema link-schema.json --secret-env BIOMATCH_NO_SECRET -o x.json",
      64
    ),
    GoldenRun(
      "usage-link-encode-secret-empty",
      "link encode people.csv --schema link-schema.json --secret-file secret-empty.txt -o x.json",
      64
    ),
    GoldenRun("usage-link-schema-rows", "link schema init people.csv --rows 0", 64),
    GoldenRun(
      "usage-mrz-sex",
      "mrz build --type td3 --issuer UTO --primary A --number 1 --birth 1974 --expiry 2030-01-01 --sex W",
      64
    ),
    GoldenRun(
      "usage-link-compare-threshold",
      "link compare codes-a.json codes-b.csv --any-schema --threshold 2",
      64
    ),
    GoldenRun(
      "usage-link-compare-top",
      "link compare codes-a.json codes-b.csv --any-schema --top 0",
      64
    ),
    GoldenRun(
      "usage-link-encode-container",
      "link encode people.csv --schema link-schema.json --secret-file secret.txt --format codes -o -",
      64
    ),
    GoldenRun(
      "usage-link-encode-block",
      "link encode people.csv --schema s.json --secret-file k -o x.json --block exact(sex)",
      64
    ),
    GoldenRun(
      "usage-link-run-truth",
      "link run people.csv people-b.csv --schema link-schema.json --truth truth-a.csv",
      64
    ),
    GoldenRun(
      "usage-link-run-report",
      "link run people.csv people-b.csv --schema link-schema.json --report x.json",
      64
    ),
    GoldenRun(
      "usage-link-run-block",
      "link run people.csv people-b.csv --schema link-schema.json --block surname",
      64
    ),
    GoldenRun(
      "usage-link-run-block-function",
      "link run people.csv people-b.csv --schema link-schema.json --block metaphone(surname)",
      64
    ),
    GoldenRun(
      "usage-link-run-block-column",
      "link run people.csv people-b.csv --schema link-schema.json --secret-file secret.txt "
        + "--block exact(passport)",
      64
    ),
    GoldenRun("usage-link-compare-blocks", "link compare a.json b.csv --blocks c.csv", 64),
    GoldenRun("usage-link-solve-method", "link solve codes-pairs.csv --method best", 64),
    GoldenRun("usage-search-stdin-twice", "search prints.index --finger - -", 64),
  ]

  static let input = [
    GoldenRun("input-missing", "verify a.iso nowhere.iso", 66),
    GoldenRun("input-missing-json", "verify a.iso nowhere.iso --format json", 66),
    GoldenRun("input-directory", "verify a.iso .", 66),
    GoldenRun("input-empty", "verify a.iso empty.iso", 65),
    GoldenRun("input-empty-json", "verify a.iso empty.iso --format json", 65),
    GoldenRun("input-text", "verify a.iso text.iso", 65),
    GoldenRun("input-strict", "verify a.iso padded.iso --strict", 65),
    GoldenRun("input-strict-json", "verify a.iso padded.iso --strict --format ndjson", 65),
    GoldenRun("input-lint-missing", "template lint a.iso nowhere.iso", 66),
    GoldenRun("input-list-missing", "evaluate fingerprints --pairs nowhere.csv --root .", 66),
    GoldenRun("input-list-flag", "evaluate fingerprints --pairs bad-flag.csv --root .", 65),
    GoldenRun("input-list-column", "evaluate fingerprints --pairs bad-column.csv --root .", 65),
    GoldenRun("input-root-file", "evaluate fingerprints --pairs missing.csv --root a.iso", 66),
    GoldenRun("input-root-missing", "evaluate fingerprints --pairs missing.csv --root nowhere", 66),
    GoldenRun("input-faces-missing", "evaluate faces nowhere.npy --labels labels.txt", 66),
    GoldenRun("input-faces-npy", "verify a.iso b.iso --vectors --dimension 64 --threshold 0.4", 64),
    GoldenRun("input-faces-zero", "evaluate faces zero-face.csv --labels labels.txt", 65),
    GoldenRun("input-labels-missing", "evaluate faces faces.csv --labels nowhere.txt", 66),
    GoldenRun("input-labels-count", "evaluate faces faces.csv --labels labels-short.txt", 65),
    GoldenRun(
      "input-labels-count-json",
      "evaluate faces faces.csv --labels labels-short.txt --format json",
      65
    ),
    GoldenRun(
      "input-labels-column",
      "evaluate faces faces.csv --labels labels.csv --label-column name",
      65
    ),
    GoldenRun("input-face-missing", "verify nowhere.npy#3 face.csv --threshold 0.4", 66),
    GoldenRun("input-face-row", "verify face.csv faces.csv#18 --threshold 0.4", 65),
    GoldenRun("input-face-dimension", "verify face.csv other-face.csv --threshold 0.4", 65),
    GoldenRun(
      "input-face-dimension-json",
      "verify face.csv other-face.csv --threshold 0.4 --format json",
      65
    ),
    GoldenRun("input-build-faces-missing", "index build --faces no.npy --model m -o x.index", 66),
    GoldenRun(
      "input-build-faces-zero",
      "index build --faces zero-face.csv --model m -o x.index",
      65
    ),
    GoldenRun(
      "input-build-faces-labels",
      "index build --faces faces.csv --labels labels-short.txt --model m -o x.index",
      65
    ),
    GoldenRun("input-build-faces-parent", "index build --faces faces.csv --model m -o no/x", 73),
    GoldenRun("input-build-faces-full", "index build --faces faces.csv --model m -o .", 73),
    GoldenRun("input-index-missing", "search nowhere --finger a.iso", 66),
    GoldenRun("input-index-missing-json", "search nowhere --finger a.iso --format json", 66),
    GoldenRun("input-index-none", "index info .", 66),
    GoldenRun("input-index-file", "index verify a.iso", 66),
    GoldenRun("input-manifest-missing", "index build --manifest nowhere.csv -o x.index", 66),
    GoldenRun("input-manifest-column", "index build --manifest small.csv -o x.index", 65),
    GoldenRun("input-manifest-position", "index build --manifest bad-position.csv -o x.index", 65),
    GoldenRun("input-manifest-template", "index build --manifest bad-print.csv -o x.index", 65),
    GoldenRun("input-link-schema-missing", "link schema check nowhere.json", 66),
    GoldenRun("input-link-schema-key", "link schema check link-schema-key.json", 65),
    GoldenRun(
      "input-link-schema-key-json",
      "link schema check link-schema-key.json --format json",
      65
    ),
    GoldenRun("input-link-schema-syntax", "link schema check link-schema-syntax.json", 65),
    GoldenRun(
      "input-link-encode-duplicate",
      "link encode people-bad.csv --schema link-schema.json --secret-file secret.txt -o x.json",
      65
    ),
    GoldenRun(
      "input-link-encode-date-json",
      "link encode people-bad.csv --schema link-schema.json --secret-file secret.txt -o - "
        + "--id-column date_of_birth --format ndjson",
      65
    ),
    GoldenRun(
      "input-link-encode-columns",
      "link encode people-columns.csv --schema link-schema.json --secret-file secret.txt -o x.json",
      65
    ),
    GoldenRun(
      "input-link-encode-missing",
      "link encode nowhere.csv --schema link-schema.json --secret-file secret.txt -o x.json",
      66
    ),
    GoldenRun(
      "input-link-encode-secret",
      "link encode people.csv --schema link-schema.json --secret-file nowhere.txt -o x.json",
      66
    ),
    GoldenRun("input-mrz-missing", "mrz parse nowhere.txt", 66),
    GoldenRun("input-link-schema", "link compare codes-a.json codes-b.csv", 65),
    GoldenRun(
      "input-link-run-truth",
      "link run people.csv people-b.csv --schema link-schema.json --secret-file secret.txt "
        + "--truth truth-bad.csv truth-b.csv",
      65
    ),
    GoldenRun(
      "input-link-run-truth-columns",
      "link run people.csv people-b.csv --schema link-schema.json --secret-file secret.txt "
        + "--truth truth-a.csv truth-narrow.csv",
      65
    ),
    GoldenRun(
      "input-link-run-table",
      "link run people.csv people-bad.csv --schema link-schema.json --secret-file secret.txt",
      65
    ),
    GoldenRun("input-link-schema-init-nothing", "link schema init people-none.csv", 65),
    GoldenRun("input-link-duplicate", "link info codes-bad.csv", 65),
    GoldenRun("input-link-lengths", "link compare codes-a.json codes-long.json --any-schema", 65),
    GoldenRun("input-link-missing", "link info nowhere.json", 66),
    GoldenRun("input-link-score-json", "link solve codes-pairs-bad.csv --format json", 65),
    GoldenRun("input-mrz-none", "mrz parse empty.iso", 65),
    GoldenRun("input-mrz-none-json", "mrz parse empty.iso --format json", 65),
    GoldenRun("input-mrz-check-digit", "mrz parse zones.txt", 65),
    GoldenRun("input-mrz-check-digit-json", "mrz parse zones.txt --format ndjson", 65),
    GoldenRun(
      "input-mrz-build-name",
      "mrz build --type td3 --issuer UTO --primary R2D2 --number 1 --birth 1974 --expiry 2030-01-01",
      65
    ),
    GoldenRun(
      "input-mrz-build-expiry",
      "mrz build --type td3 --issuer UTO --primary A --number 1 --birth 1974 --expiry 2030",
      65
    ),
    GoldenRun("input-gallery-missing", "gallery info nowhere --in-clear", 66),
    GoldenRun("input-gallery-missing-json", "gallery info nowhere --in-clear --format json", 66),
    GoldenRun("input-gallery-none", "show . --in-clear --subject P1", 66),
    GoldenRun("input-gallery-receipt", "gallery check-receipt a.iso --gallery x --in-clear", 65),
    GoldenRun("input-enrol-missing", "enrol nowhere --in-clear --manifest nowhere.csv", 66),
    GoldenRun("input-enrol-column", "enrol nowhere --in-clear --manifest small.csv", 65),
    GoldenRun("input-enrol-file", "enrol x --in-clear --subject P1 --finger nowhere.iso", 66),
    GoldenRun("input-enrol-empty", "enrol x --in-clear --subject P1 --finger empty.iso", 65),
    GoldenRun("input-enrol-date", "enrol x --in-clear --subject P1 --born 1984-13-00", 65),
    GoldenRun("output-gallery", "gallery create nowhere/x --in-clear", 73),
    GoldenRun("output-gallery-exists", "gallery create . --in-clear", 73),
    GoldenRun("output-demo", "demo -o nowhere/demo", 73),
    GoldenRun("output-index", "index build --manifest bad-print.csv -o nowhere/x.index", 73),
    GoldenRun("output-synth", "synth fingerprints --fingers 1 -o a.iso", 73),
    GoldenRun("output-synth-faces", "synth faces --identities 1 -o nowhere/x.npy", 73),
    GoldenRun(
      "output-synth-faces-labels",
      "synth faces --identities 1 -o x.npy --labels nowhere/x.txt",
      73
    ),
    GoldenRun("output-directory", "template convert a.iso -o . --to iso-2011", 73),
    GoldenRun("output-no-directory", "template convert a.iso -o nowhere/b.iso --to iso-2011", 73),
  ]

  static let answers = [
    GoldenRun("lint-clean", "template lint a.iso b.iso", 0),
    GoldenRun("lint", "template lint a.iso padded.iso few.iso empty.iso", 1),
    GoldenRun("lint-json", "template lint a.iso padded.iso few.iso empty.iso --format json", 1),
    GoldenRun("lint-ndjson", "template lint a.iso padded.iso few.iso empty.iso --format ndjson", 1),
    GoldenRun("lint-csv", "template lint a.iso padded.iso few.iso empty.iso --format csv", 1),
    GoldenRun("lint-strict", "template lint padded.iso --strict --format csv", 1),
    GoldenRun("lint-clean-json", "template lint a.iso --format json", 0),
    GoldenRun("lint-clean-csv", "template lint a.iso --format csv", 0),
    GoldenRun("show", "template show few.iso", 0),
    GoldenRun("show-json", "template show few.iso --format json", 0),
    GoldenRun("show-ndjson", "template show few.iso --format ndjson", 0),
    GoldenRun("show-csv", "template show few.iso --format csv", 0),
    GoldenRun("show-svg", "template show few.iso --svg -", 0),
    GoldenRun("show-xyt", "template show a.xyt --width 388 --height 374 --format csv", 0),
    GoldenRun("show-repaired", "template show padded.iso --view-a 1 --format csv", 0),
    GoldenRun("convert-xyt", "template convert few.iso -o - --to xyt", 0),
    GoldenRun("verify-face", "verify face.csv faces.csv#0 --threshold 0.99", 0),
    GoldenRun("verify-face-none", "verify faces.csv#0 faces.csv#1 --threshold 0.9", 1),
    GoldenRun("verify-face-json", "verify face.csv faces.csv#4 --threshold 0.9 --format json", 1),
    GoldenRun("verify-face-csv", "verify face.csv faces.csv#4 --threshold=-1 --format csv", 0),
    GoldenRun("evaluate-faces", "evaluate faces faces.csv --labels labels.txt", 0),
    GoldenRun(
      "evaluate-faces-json",
      "evaluate faces labelled-faces.csv --bootstrap 20 --format json",
      0
    ),
    GoldenRun(
      "evaluate-faces-ndjson",
      "evaluate faces faces.csv --labels labels.txt --searches 0 --format ndjson",
      0
    ),
    GoldenRun(
      "evaluate-faces-csv",
      "evaluate faces faces.csv --labels labels.csv --label-column person --pairs 20 --format csv",
      0
    ),
    GoldenRun(
      "evaluate-faces-few",
      "evaluate faces faces.csv --labels labels.txt --images-per-identity 1",
      0
    ),
    GoldenRun(
      "link-encode",
      "link encode people.csv --schema link-schema.json --secret-file secret.txt -o -",
      0
    ),
    GoldenRun(
      "link-encode-ndjson",
      "link encode people.csv --schema link-schema.json --secret-file secret.txt -o - "
        + "--format ndjson --threads 1",
      0
    ),
    GoldenRun(
      "link-encode-csv",
      "link encode people.csv --schema link-schema.json --secret-file secret-short.txt -o - "
        + "--format csv",
      0
    ),
    GoldenRun(
      "link-encode-header",
      "link encode people-columns.csv --schema link-schema.json --secret-file secret.txt -o - "
        + "--format csv --header ignore",
      0
    ),
    GoldenRun(
      "link-encode-none",
      "link encode people-none.csv --schema link-schema.json --secret-file secret.txt -o -",
      0
    ),
    GoldenRun("link-schema-check", "link schema check link-schema.json", 0),
    GoldenRun("link-schema-check-csv", "link schema check link-schema.json --format csv", 0),
    GoldenRun("link-schema-check-folds", "link schema check link-schema-folds.json", 0),
    GoldenRun("link-schema-canonical", "link schema check link-schema.json --canonical", 0),
    GoldenRun("mrz-parse", "mrz parse zones.txt --correct --reference-date 2026-10-01", 0),
    GoldenRun(
      "mrz-parse-csv",
      "mrz parse zones.txt --correct --reference-date 2026-10-01 --format csv",
      0
    ),
    GoldenRun("mrz-parse-lenient", "mrz parse zones.txt --lenient", 0),
    GoldenRun("mrz-parse-lenient-json", "mrz parse zones.txt --lenient --format json", 0),
    GoldenRun("link-info", "link info codes-a.json", 0),
    GoldenRun("link-info-json", "link info codes-b.csv --format json", 0),
    GoldenRun(
      "link-compare",
      "link compare codes-a.json codes-b.csv --any-schema --threshold 0.5",
      0
    ),
    GoldenRun(
      "link-compare-csv",
      "link compare codes-a.json codes-b.csv --any-schema --threshold 0.2 --format csv",
      0
    ),
    GoldenRun(
      "link-compare-top",
      "link compare codes-a.json codes-b.csv --any-schema --top 1 --format ndjson",
      0
    ),
    GoldenRun(
      "link-compare-blocks",
      "link compare codes-a.json codes-b.csv --any-schema --threshold 0 --format json --blocks codes-keys-a.csv codes-keys-b.csv",
      0
    ),
    GoldenRun(
      "link-run",
      "link run people.csv people-b.csv --schema link-schema.json --secret-file secret.txt "
        + "--threshold 0.5 --truth truth-a.csv truth-b.csv",
      0
    ),
    GoldenRun(
      "link-run-block",
      "link run people.csv people-b.csv --schema link-schema.json --secret-file secret.txt "
        + "--threshold 0.5 --truth truth-a.csv truth-b.csv --block soundex(surname,given_names) "
        + "--block year(date_of_birth) --format csv",
      0
    ),
    GoldenRun("link-solve", "link solve codes-pairs.csv", 0),
    GoldenRun("link-solve-optimal", "link solve codes-pairs.csv --method optimal --format csv", 0),
    GoldenRun(
      "link-solve-many",
      "link solve codes-pairs.csv --method one-to-many --threshold 0.6 --format csv",
      0
    ),
    GoldenRun("mrz-parse-one", "mrz parse card.txt --reference-date 2026-10-01", 0),
    GoldenRun(
      "mrz-build-csv",
      "mrz build --type td1 --issuer D --primary Müller --number T-220 --birth 1984-05-00 --expiry 2030-01-01 --format csv",
      0
    ),
    GoldenRun(
      "mrz-build",
      "mrz build --type mrv-b --issuer GRC --primary Παπαδόπουλος --secondary Παύλος --number 12345 --birth 1984 --expiry 2030-01-01 --sex M",
      0
    ),
    GoldenRun(
      "evaluate-failures",
      "evaluate fingerprints --pairs missing.csv --root .",
      0
    ),
    GoldenRun(
      "evaluate-failures-json",
      "evaluate fingerprints --pairs missing.csv --root . --format json",
      0
    ),
    GoldenRun(
      "evaluate-failures-ndjson",
      "evaluate fingerprints --pairs missing.csv gone.csv --root . --format ndjson",
      0
    ),
    GoldenRun(
      "evaluate-failures-csv",
      "evaluate fingerprints --pairs missing.csv gone.csv --root . --format csv",
      0
    ),
  ]
}

@Suite("Golden runs")
struct GoldenRunTests {
  @Test("help teaches every command with an example", arguments: GoldenRun.help)
  func help(run: GoldenRun) throws { try check(run) }

  @Test("a call that cannot be understood exits with 64", arguments: GoldenRun.usage)
  func usage(run: GoldenRun) throws { try check(run) }

  @Test("bad and missing input and output exit with their own codes", arguments: GoldenRun.input)
  func input(run: GoldenRun) throws { try check(run) }

  @Test("answers are the documented ones", arguments: GoldenRun.answers)
  func answers(run: GoldenRun) throws { try check(run) }

  private func check(_ golden: GoldenRun) throws {
    let run = try Executable.run(golden.arguments)
    #expect(run.status == golden.status, "\(run.transcript)")
    let difference = try Golden.difference(run.transcript, "cli/\(golden.name).txt")
    #expect(difference == nil)
  }
}
