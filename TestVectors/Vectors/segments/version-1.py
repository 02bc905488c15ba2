#!/usr/bin/env python3
"""Writes version-1.segment from docs/formats/segment.md alone, without the library's code.

    python3 version-1.py > version-1.segment
"""
import struct
import sys

PAGE = 4096


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def fnv1a_128(data):
    value = 0x6C62272E07BB014262B821756295C58D
    for byte in data:
        value = (value ^ byte) * 0x0000000001000000000000000000013B % 2**128
    return value.to_bytes(16, "big")


def label(text):
    return text.encode().ljust(24, b"\0")


rows = [("r/1", "alice"), ("r/2", "bob"), ("é", "alice")]
texts = [text.encode() for row in rows for text in row]
ends = [0]
for text in texts:
    ends.append(ends[-1] + len(text))
identifiers = struct.pack("<7I", *ends) + b"".join(texts)
tombstones = bytes([0b010])
arena = bytes((i + i // 4096) % 256 for i in range(10240))
sections = [
    ("identifiers", identifiers, 262144),
    ("tombstones", tombstones, 262144),
    ("arena", arena, 4096),
    ("empty", b"", 262144),
]

body, entries, blocks = bytearray(PAGE), b"", b""
for name, data, size in sections:
    body += bytes(-len(body) % PAGE)
    pieces = [data[i : i + size] for i in range(0, len(data), size)]
    entries += label(name) + struct.pack("<QQII16x", len(body), len(data), size, len(pieces))
    blocks += b"".join(struct.pack("<I28x", crc32c(piece)) for piece in pieces)
    body += data
body += bytes(-len(body) % PAGE)
tables = entries + blocks

header = b"\x89BMSEG\r\n" + struct.pack("<II", 1, PAGE)
header += struct.pack("<QQQ", len(body) + len(tables), 7, len(rows))
header += struct.pack("<QQII", len(body), len(tables), len(sections), crc32c(tables))
header += label("test-index") + label("test-1")
header += struct.pack("<BB6x", 16, 0) + fnv1a_128(b"radius=70").ljust(32, b"\0")
header = header.ljust(PAGE - 4, b"\0")
body[:PAGE] = header + struct.pack("<I", crc32c(header))
sys.stdout.buffer.write(body + tables)
