#!/usr/bin/env python3
"""The partner's side of link-with-clkhash.md, by clkhash and anonlink.

  clkhash_partner.py encode TABLE.csv SCHEMA.json SECRET_FILE CODES.json
  clkhash_partner.py link A.json B.json THRESHOLD LINKS.csv
  clkhash_partner.py solve PAIRS.anonlink LINKS.csv
"""

import json
import sys

import anonlink
from clkhash import clk
from clkhash.schema import from_json_file
from clkhash.serialization import deserialize_bitarray, serialize_bitarray


def encode(table, schema_path, secret_path, codes_path):
    with open(schema_path) as file:
        schema = from_json_file(file)
    with open(secret_path) as file:
        secret = file.read().rstrip("\r\n")
    with open(table) as file:
        codes = clk.generate_clk_from_csv(file, secret, schema, progress_bar=False)
    with open(codes_path, "w") as file:
        json.dump({"clks": [serialize_bitarray(code) for code in codes]}, file)


def link(a_path, b_path, threshold, links_path):
    sides = []
    for path in (a_path, b_path):
        with open(path) as file:
            sides.append([deserialize_bitarray(text) for text in json.load(file)["clks"]])
    candidates = anonlink.candidate_generation.find_candidate_pairs(
        sides, anonlink.similarities.dice_coefficient, float(threshold)
    )
    write(candidates, links_path)


def solve(pairs_path, links_path):
    with open(pairs_path, "rb") as file:
        write(anonlink.serialization.load_candidate_pairs(file), links_path)


def write(candidates, links_path):
    with open(links_path, "w") as file:
        file.write("a,b\n")
        for group in anonlink.solving.greedy_solve(candidates):
            rows = dict(group)
            if len(rows) == 2:
                file.write(f"row{rows[0]},row{rows[1]}\n")


if __name__ == "__main__":
    commands = {"encode": encode, "link": link, "solve": solve}
    if len(sys.argv) < 3 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]](*sys.argv[2:])
