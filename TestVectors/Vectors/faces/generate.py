#!/usr/bin/env python3
"""Writes rotation.json: vectors and what the rotation of a key makes of them.

Shares no code with the library: the rotation is a matrix here, the product of the reflections that
docs/face-rotation.md describes, in whole.

    pip install numpy cryptography
    TestVectors/Vectors/faces/generate.py
"""
import hashlib
import hmac
import json
import math
import os
import struct

import numpy
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def key_stream(key, label, dimension):
    """The sequence of KeyStream, endless."""
    parts = (label.encode(), str(dimension).encode())
    info = b"".join(struct.pack(">I", len(part)) + part for part in parts)
    secret = hmac.new(b"biomatch key stream 1", key, hashlib.sha256).digest()
    stream_key = hmac.new(secret, info + b"\1", hashlib.sha256).digest()
    encryptor = Cipher(algorithms.AES(stream_key), modes.CTR(bytes(16))).encryptor()
    while True:
        yield from encryptor.update(bytes(4096))


def words(stream):
    while True:
        yield struct.unpack("<q", bytes(next(stream) for _ in range(8)))[0]


def normals(words, count):
    found = []
    while len(found) < count:
        x, y = (next(words) >> 11) / 2**52, (next(words) >> 11) / 2**52
        square = x * x + y * y
        if 0 < square < 1:
            scale = math.sqrt(-2 * math.log(square) / square)
            found += [x * scale, y * scale]
    return numpy.array(found[:count])


def rotation(key, dimension):
    numbers = words(key_stream(key, "face rotation 1", dimension))
    matrix = numpy.eye(dimension)
    matrix[-1, -1] = 1 if next(numbers) >= 0 else -1
    for size in range(2, dimension + 1):
        vector = normals(numbers, size)
        first = dimension - size
        sign = -1 if vector[0] < 0 else 1
        matrix[first, first] = -sign
        vector[0] += sign * numpy.linalg.norm(vector)
        reflection = numpy.eye(dimension)
        reflection[first:, first:] -= 2 * numpy.outer(vector, vector) / (vector @ vector)
        matrix = reflection @ matrix
    return matrix


def main():
    vectors = []
    for dimension in (64, 101, 128):
        key = bytes((7 * k + dimension) % 256 for k in range(32))
        identifier = key_stream(key, "face rotation identifier 1", dimension)
        row = numpy.array([(37 * k * k + 11 * k) % 101 - 50 for k in range(dimension)], float)
        turned = rotation(key, dimension) @ row
        turned /= numpy.linalg.norm(turned)
        vectors.append({
            "name": f"computed, {dimension} values",
            "key": key.hex(),
            "identifier": bytes(next(identifier) for _ in range(16)).hex(),
            "row": [int(value) for value in row],
            "turned": [round(float(value), 9) for value in turned],
        })
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "rotation.json")
    with open(path, "w") as file:
        json.dump({"source": "computed by generate.py", "vectors": vectors}, file)
        file.write("\n")


if __name__ == "__main__":
    main()
