"""Writes the vectors of this directory; see README.md for where each is from.

    pip install cryptography cryptography-vectors
    python3 generate.py

Published vectors are read from the package cryptography-vectors, which holds the files of NIST and
the RFCs, or are typed here from the RFC. Each is computed anew with Python's hashlib, hmac and
cryptography before it is written. This program shares no code with the library.
"""

import hashlib
import hmac
import json
import os
import struct

import cryptography_vectors
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

HERE = os.path.dirname(os.path.abspath(__file__))


def write(name, source, vectors):
    with open(os.path.join(HERE, name + ".json"), "w") as file:
        json.dump({"source": source, "vectors": vectors}, file, indent=1)
        file.write("\n")


def records(path):
    """The records of `NAME = VALUE` lines of a file, with the bracketed settings above them.

    A record starts with a name that its predecessor has already.
    """
    root = os.path.dirname(cryptography_vectors.__file__)
    settings, record = {}, {}
    with open(os.path.join(root, path)) as file:
        for line in file:
            key, equals, value = (part.strip() for part in line.strip().strip("[]").partition("="))
            if not key or key.startswith("#"):
                continue
            if line.startswith("["):
                if record:
                    yield {**settings, **record}
                record = {}
                if equals:
                    settings[key] = value
                continue
            if key in record:
                yield {**settings, **record}
                record = {}
            record[key] = value
    yield {**settings, **record}


def aes_gcm():
    vectors, counts = [], {}
    for path, label in [("gcmEncryptExtIV256", "encrypt"), ("gcmDecrypt256", "decrypt")]:
        for record in records(f"ciphers/AES/GCM/{path}.rsp"):
            if record["IVlen"] != "96" or record["Taglen"] != "128":
                continue
            fails = "FAIL" in record
            group = (path, record["PTlen"], record["AADlen"], fails)
            counts[group] = counts.get(group, 0) + 1
            if counts[group] > 1:
                continue
            key, iv, aad = (bytes.fromhex(record[name]) for name in ("Key", "IV", "AAD"))
            sealed = bytes.fromhex(record["CT"] + record["Tag"])
            try:
                plain = AESGCM(key).decrypt(iv, sealed, aad).hex()
                assert not fails and plain == record["PT"]
            except InvalidTag:
                assert fails
            vectors.append({
                "name": f"CAVP {label}, PTlen {record['PTlen']}, AADlen {record['AADlen']}, "
                        f"Count {record['Count']}{', FAIL' if fails else ''}",
                "key": record["Key"], "nonce": record["IV"], "associatedData": record["AAD"],
                "message": None if fails else record["PT"],
                "sealed": sealed.hex(),
            })
    write("aes-256-gcm", "NIST CAVP, gcmtestvectors, IVlen 96, Taglen 128", vectors)


def sha():
    for bits, published in [(256, [
        ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
        ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ]), (512, [
        ("abc", 1, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                   "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"),
        ("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
         "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", 1,
         "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
         "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909"),
        ("a", 1_000_000, "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb"
                         "de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b"),
    ])]:
        vectors = [
            {"name": f"FIPS 180 example {index}", "message": text.encode().hex(),
             "repetitions": times, "digest": digest}
            for index, (text, times, digest) in enumerate(published, 1)
        ]
        for path, chosen in [("ShortMsg", range(0, 1 << 20)), ("LongMsg", range(0, 2))]:
            for index, record in enumerate(records(f"hashes/SHA2/SHA{bits}{path}.rsp")):
                if index in chosen and (path == "LongMsg" or index % 8 in (0, 7)):
                    length = int(record["Len"]) // 8
                    vectors.append({
                        "name": f"CAVP {path}, Len {record['Len']}",
                        "message": record["Msg"][:2 * length], "repetitions": 1,
                        "digest": record["MD"],
                    })
        for vector in vectors:
            message = bytes.fromhex(vector["message"]) * vector["repetitions"]
            assert hashlib.new(f"sha{bits}", message).hexdigest() == vector["digest"]
        write(f"sha-{bits}", f"FIPS 180 examples; NIST CAVP shabytetestvectors, SHA-{bits}", vectors)


def hmacs():
    for name, path, digest, rfc in [
        ("hmac-sha-256", "rfc-4231-sha256", "sha256", "RFC 4231"),
        ("hmac-sha-1", "rfc-2202-sha1", "sha1", "RFC 2202"),
        ("hmac-md5", "rfc-2202-md5", "md5", "RFC 2202"),
    ]:
        vectors = []
        for record in records(f"HMAC/{path}.txt"):
            key, message = bytes.fromhex(record["Key"]), bytes.fromhex(record["Msg"])
            assert hmac.new(key, message, digest).hexdigest() == record["MD"]
            vectors.append({
                "name": f"{rfc}, key of {len(key)} bytes, message of {len(message)} bytes",
                "key": record["Key"], "message": record["Msg"], "code": record["MD"],
            })
        write(name, rfc + " without its truncated code", vectors)


def extract(salt, secret):
    return hmac.new(salt or bytes(32), secret, "sha256").digest()


def expand(key, info, count):
    block, output = b"", b""
    for counter in range(1, -(-count // 32) + 1):
        block = hmac.new(key, block + info + bytes([counter]), "sha256").digest()
        output += block
    return output[:count]


def hkdf():
    vectors = []
    for record in records("KDF/rfc-5869-HKDF-SHA256.txt"):
        secret, salt, info = (bytes.fromhex(record[name]) for name in ("IKM", "salt", "info"))
        key = extract(salt, secret)
        assert key.hex() == record["PRK"]
        assert expand(key, info, int(record["L"])).hex() == record["OKM"]
        vectors.append({
            "name": f"RFC 5869, test case {record['COUNT']}", "secret": record["IKM"],
            "salt": record["salt"], "info": record["info"], "pseudorandomKey": record["PRK"],
            "output": record["OKM"],
        })
    write("hkdf-sha-256", "RFC 5869, appendix A, test cases 1 to 3", vectors)


def x25519():
    vectors = [{
        "name": "RFC 7748, section 5.2, first", "iterations": 1,
        "privateKey": "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
        "publicKey": "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "sharedSecret": "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
    }, {
        "name": "RFC 7748, section 5.2, second", "iterations": 1,
        "privateKey": "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
        "publicKey": "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
        "sharedSecret": "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
    }]
    nine = "09" + "00" * 31
    for iterations, result in [
        (1, "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"),
        (1000, "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"),
    ]:
        vectors.append({
            "name": f"RFC 7748, section 5.2, iterated {iterations} times", "iterations": iterations,
            "privateKey": nine, "publicKey": nine, "sharedSecret": result,
        })
    alice = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"
    bob = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"
    for name, mine, other in [
        ("Alice", alice, "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"),
        ("Bob", bob, "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"),
    ]:
        vectors.append({
            "name": f"RFC 7748, section 6.1, {name}", "iterations": 1,
            "privateKey": mine, "publicKey": other,
            "sharedSecret": "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
        })
    for vector in vectors:
        scalar, point = (bytes.fromhex(vector[name]) for name in ("privateKey", "publicKey"))
        for _ in range(vector["iterations"]):
            key = X25519PrivateKey.from_private_bytes(scalar)
            scalar, point = key.exchange(X25519PublicKey.from_public_bytes(point)), scalar
        assert scalar.hex() == vector["sharedSecret"], vector["name"]
    write("x25519", "RFC 7748, sections 5.2 and 6.1", vectors)


def ed25519():
    vectors = [{
        "name": "RFC 8032, section 7.1, TEST 1", "message": "",
        "privateKey": "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "publicKey": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "signature": "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                     "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    }, {
        "name": "RFC 8032, section 7.1, TEST 2", "message": "72",
        "privateKey": "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "publicKey": "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "signature": "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                     "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    }, {
        "name": "RFC 8032, section 7.1, TEST 3", "message": "af82",
        "privateKey": "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "publicKey": "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "signature": "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                     "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    }, {
        "name": "RFC 8032, section 7.1, TEST SHA(abc)",
        "message": hashlib.sha512(b"abc").hexdigest(),
        "privateKey": "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "publicKey": "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "signature": "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
                     "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    }]
    for vector in vectors:
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vector["privateKey"]))
        assert key.public_key().public_bytes_raw().hex() == vector["publicKey"]
        assert key.sign(bytes.fromhex(vector["message"])).hex() == vector["signature"]
    write("ed25519", "RFC 8032, section 7.1", vectors)


def blake2b():
    published = {
        0: "10ebb67700b1868efb4417987acf4690ae9d972fb7a590c2f02871799aaa4786"
           "b5e996e8f0f4eb981fc214b005f42d2ff4233499391653df7aefcbc13fc51568",
        1: "961f6dd1e4dd30f63901690c512e78e4b45e4742ed197c3c5e45c549fd25f2e4"
           "187b0bc9fe30492b16b0d0bc4ef9b0f34c7003fac09a5ef1532e69430234cebd",
        47: "a0e5c1c0031c02e48b7f09a5e896ee9aef2f17fc9e18e997d7f6cac7ae316422"
            "c2b1e77984e5f3a73cb45deed5d3f84600105e6ee38f2d090c7d0442ea34c46d",
    }
    key = bytes(range(64))
    for length, code in published.items():
        assert hashlib.blake2b(bytes(range(length)), key=key).hexdigest() == code
    vectors = [{
        "name": f"BLAKE2 reference vectors, keyed, {length} bytes", "key": key.hex(), "salt": "",
        "personalisation": "", "message": bytes(range(length)).hex(), "code": code,
    } for length, code in published.items()]
    for message, key, salt, person in [
        (b"", b"k", b"", b""),
        (b"jo", bytes(range(64)), b"0", b""),
        (b"jo", bytes(range(64)), b"1", b""),
        (b"smith" * 40, b"secret", b"0123456789abcdef", b"biomatch"),
        (bytes(128), bytes(32), b"", b"0123456789abcdef"),
    ]:
        vectors.append({
            "name": f"hashlib, key of {len(key)} bytes, salt {salt}, person {person}",
            "key": key.hex(), "salt": salt.hex(), "personalisation": person.hex(),
            "message": message.hex(),
            "code": hashlib.blake2b(message, key=key, salt=salt, person=person).hexdigest(),
        })
    write("blake2b", "blake2b-test.txt of BLAKE2/BLAKE2; Python's hashlib.blake2b", vectors)


def encrypt(mode, key, data):
    encryptor = Cipher(algorithms.AES(key), mode).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def xaes(key, nonce):
    """The key of one message, after C2SP's XAES-256-GCM."""
    top = int.from_bytes(encrypt(modes.ECB(), key, bytes(16)), "big")
    mask = (top << 1) & (1 << 128) - 1 ^ (0x87 if top >> 127 else 0)
    return b"".join(
        encrypt(modes.ECB(), key, (int.from_bytes(block, "big") ^ mask).to_bytes(16, "big"))
        for block in (b"\0\x01X\0" + nonce[:12], b"\0\x02X\0" + nonce[:12])
    )


def xaes_gcm():
    nonce = b"ABCDEFGHIJKLMNOPQRSTUVWX"
    published = [
        (b"\x01" * 32, b"", "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271"),
        (b"\x03" * 32, b"c2sp.org/XAES-256-GCM",
         "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"),
    ]
    cases = [
        (f"C2SP XAES-256-GCM, vector {index}", key, nonce, aad, b"XAES-256-GCM", expected)
        for index, (key, aad, expected) in enumerate(published, 1)
    ]
    for length in (0, 1, 16, 1000):
        key = hashlib.sha256(b"key %d" % length).digest()
        cases.append((
            f"computed, message of {length} bytes", key, hashlib.sha256(key).digest()[:24],
            b"associated", bytes(index % 251 for index in range(length)), None,
        ))
    vectors = []
    for name, key, nonce, aad, message, expected in cases:
        sealed = AESGCM(xaes(key, nonce)).encrypt(nonce[12:], message, aad).hex()
        assert expected in (None, sealed)
        vectors.append({
            "name": name, "key": key.hex(), "nonce": nonce.hex(), "associatedData": aad.hex(),
            "message": message.hex(), "sealed": sealed,
        })
    write("xaes-256-gcm", "C2SP specification XAES-256-GCM; computed by generate.py", vectors)


def sealed_blocks():
    vectors = []
    for key, salt in [(bytes(range(32)), bytes(range(32, 64))), (bytes(32), b"\xff" * 32)]:
        file_key = expand(extract(salt, key), b"biomatch sealed blocks 1", 32)
        blocks = []
        for number, last in [(0, False), (1, False), (2, True)]:
            message = bytes((7 * index + number) % 256 for index in range(100 if last else 300))
            nonce = struct.pack(">B3xQ", last, number)
            blocks.append({
                "message": message.hex(),
                "sealed": AESGCM(file_key).encrypt(nonce, message, b"block of a test").hex(),
            })
        vectors.append({
            "name": f"computed, key {key[:2].hex()}..., salt {salt[:2].hex()}...",
            "key": key.hex(), "salt": salt.hex(), "associatedData": b"block of a test".hex(),
            "blocks": blocks,
        })
    write("sealed-blocks", "computed by generate.py", vectors)


def key_stream():
    vectors = []
    for label, context in [("known answer 1", b""), ("known answer 1", b"\1\2\3"), ("", b"known")]:
        key = bytes(range(32))
        info = b"".join(struct.pack(">I", len(part)) + part for part in (label.encode(), context))
        stream_key = expand(extract(b"biomatch key stream 1", key), info, 32)
        stream = encrypt(modes.CTR(bytes(16)), stream_key, bytes(100_000))
        vectors.append({
            "name": f"computed, label '{label}', context of {len(context)} bytes",
            "key": key.hex(), "label": label, "context": context.hex(),
            "first": stream[:100].hex(), "count": len(stream),
            "digest": hashlib.sha256(stream).hexdigest(),
        })
    write("key-stream", "computed by generate.py", vectors)


if __name__ == "__main__":
    for function in (aes_gcm, sha, hmacs, hkdf, x25519, ed25519, blake2b, xaes_gcm, sealed_blocks,
                     key_stream):
        function()
