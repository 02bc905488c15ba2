#!/usr/bin/env python3
"""Writes the directory version-1 from docs/formats/face-index.md, index-directory.md and segment.md
alone, without the library's code.

    python3 version-1.py version-1
"""
import math
import os
import struct
import sys

PAGE = 4096
MODEL, VERSION, DIMENSION = "example", "1", 64
REMOVED = [2, 11]


def single(x):
    """The nearest number of single precision. Of sums, products, quotients and square roots of such
    numbers, double precision is enough to get it by."""
    return struct.unpack("<f", struct.pack("<f", x))[0]


def bits(x):
    return struct.unpack("<I", struct.pack("<f", x))[0]


def from_bits(x):
    return struct.unpack("<f", struct.pack("<I", x))[0]


# The rows: 17, one more than a block.

def value(row, k):
    number = (row * 64 + k + 1) * 2654435761 % 2**32 >> 20
    return 0.0 if row % 5 == 4 and k % 7 > 1 else number - 2048.0


def halved(lanes):
    """The sum of lanes: halves, quarters, eighths..., by `plus`."""
    plus = (lambda a, b: a + b) if len(lanes) == 8 else (lambda a, b: single(a + b))
    while len(lanes) > 1:
        half = len(lanes) // 2
        lanes = [plus(lanes[k], lanes[k + half]) for k in range(half)]
    return lanes[0]


def unit(row):
    lanes = [0.0] * 8
    for i, x in enumerate(row):
        lanes[i % 8] += x * x
    scale = 1.0 / math.sqrt(halved(lanes))
    return [single(x * scale) for x in row]


rows = [unit([value(row, k) for k in range(DIMENSION)]) for row in range(17)]
references = [f"r{row * 5 % 17}" for row in range(17)]
subjects = [f"s{row // 2}" for row in range(17)]

# Codes.


def length_above(sum_):
    return single(single(math.sqrt(single(sum_ + 2.0**-100))) * (1 + 2.0**-13))


def encode(x):
    largest = max(abs(v) for v in x)
    product = single(largest * single(1 / 127))
    s = max(from_bits((bits(product) & 0xFFFF0000) + 0x10000), 2.0**-100)
    inverse = single(1 / s)
    codes, fine, coarse = [], [0.0] * 16, [0.0] * 16
    for i, v in enumerate(x):
        whole = single(single(single(v * inverse) + 1.5 * 2**23) - 1.5 * 2**23)
        code = int(max(-127, min(127, whole)))
        codes.append(code + 128)
        left = single(v - code * s)
        fine[i % 16] = single(fine[i % 16] + single(left * left))
        left = single(v - ((code + 128) // 16 * 16 - 120.5) * s)
        coarse[i % 16] = single(coarse[i % 16] + single(left * left))
    codes += [128] * (-len(codes) % 8)
    residuals = [
        single(single(length_above(halved(lanes)) / s) * (1 + 2.0**-22)) for lanes in (fine, coarse)
    ]
    return s, codes, residuals


def words(codes, half):
    """The halves of a row, a word for each group of eight."""
    halves = [half(b) for b in codes]
    return [
        bytes(halves[g + k] | halves[g + 4 + k] << 4 for k in range(4)) for g in range(0, len(halves), 8)
    ]


upper, blocks, lower = b"", b"", b""
groups = (DIMENSION + 7) // 8
for start in range(0, len(rows), 16):
    encoded = [encode(x) for x in rows[start : start + 16]]
    encoded += [(2.0**-100, [128] * 8 * groups, [0.0, 0.0])] * (16 - len(encoded))
    high = [words(codes, lambda b: b // 16) for _, codes, _ in encoded]
    upper += b"".join(high[r][g] for g in range(groups) for r in range(16))
    lower += b"".join(word for _, codes, _ in encoded for word in words(codes, lambda b: b % 16))
    blocks += struct.pack("<16H", *(bits(s) >> 16 for s, _, _ in encoded))
    blocks += struct.pack("<2f", *(max(r[i] for _, _, r in encoded) for i in range(2)))
    blocks += struct.pack("<f", 0)

# Segments.


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def fnv1a_128(data):
    state = 0x6C62272E07BB014262B821756295C58D
    for byte in data:
        state = (state ^ byte) * 0x0000000001000000000000000000013B % 2**128
    return state.to_bytes(16, "big")


def label(text):
    return text.encode().ljust(24, b"\0")


digest = fnv1a_128(f"face\n{MODEL}\n{VERSION}\n{DIMENSION}\n".encode())


def segment(kind, generation, row_count, sections):
    body, entries, sums = bytearray(PAGE), b"", b""
    for name, data, size in sections:
        body += bytes(-len(body) % PAGE)
        pieces = [data[i : i + size] for i in range(0, len(data), size)]
        entries += label(name) + struct.pack("<QQII16x", len(body), len(data), size, len(pieces))
        sums += b"".join(struct.pack("<I28x", crc32c(piece)) for piece in pieces)
        body += data
    body += bytes(-len(body) % PAGE)
    tables = entries + sums
    header = b"\x89BMSEG\r\n" + struct.pack("<II", 1, PAGE)
    header += struct.pack("<QQQ", len(body) + len(tables), generation, row_count)
    header += struct.pack("<QQII", len(body), len(tables), len(sections), crc32c(tables))
    header += label(kind) + label("halves-1")
    header += struct.pack("<BB6x", 16, 0) + digest.ljust(32, b"\0")
    header = header.ljust(PAGE - 4, b"\0")
    checksum = crc32c(header)
    body[:PAGE] = header + struct.pack("<I", checksum)
    return bytes(body) + tables, checksum


texts = [text.encode() for row in zip(references, subjects) for text in row]
ends = [0]
for text in texts:
    ends.append(ends[-1] + len(text))
order = sorted(range(len(rows)), key=lambda row: references[row].encode())
rows_segment = segment(
    "face-index",
    1,
    len(rows),
    [
        ("identifiers", struct.pack(f"<{len(ends)}I", *ends) + b"".join(texts), 262144),
        ("order", struct.pack(f"<{len(order)}I", *order), 262144),
        ("upper", upper, 262144),
        ("blocks", blocks, 262144),
        ("lower", lower, 262144),
        ("vectors", b"".join(struct.pack("<64f", *x) for x in rows), 32768),
    ],
)
marks = bytearray((len(rows) + 7) // 8)
for row in REMOVED:
    marks[row // 8] |= 1 << row % 8
removed_segment = segment("face-removals", 2, 0, [("removed", bytes(marks), 262144)])

# The manifest.


def entry(name, row_count, found):
    data, checksum = found
    return (
        f'{{"file": "{name}", "rows": {row_count}, "bytes": {len(data)}, "checksum": "{checksum:08x}"}}'
    )


manifest = f"""{{
  "format": 1,
  "kind": "face-index",
  "engine": "halves-1",
  "parameters": "{digest.hex()}",
  "model": "{MODEL}",
  "version": "{VERSION}",
  "dimension": {DIMENSION},
  "revision": 2,
  "generation": 2,
  "segments": [
    {entry("rows-1-1.segment", len(rows), rows_segment)}
  ],
  "removed": {entry("removed-2.segment", len(REMOVED), removed_segment)},
"""
manifest += f'  "checksum": "{crc32c(manifest.encode()):08x}"\n}}\n'

directory = sys.argv[1]
os.makedirs(directory, exist_ok=True)
for name, data in [
    ("rows-1-1.segment", rows_segment[0]),
    ("removed-2.segment", removed_segment[0]),
    ("manifest.json", manifest.encode()),
]:
    with open(os.path.join(directory, name), "wb") as file:
        file.write(data)
