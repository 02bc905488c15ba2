"""F1 of links between files whose truth is known: codes of biomatch, compared and solved by anonlink."""
import csv
import json
import os
import statistics
import subprocess
from pathlib import Path

import anonlink
from clkhash.serialization import deserialize_bitarray

SCHEMAS = Path(__file__).parents[2] / "docs/how-to/schemas"
FLOOR = .6
SECRETS = [f"secret {number} of measurements" for number in range(5)]


def table(data, directory):
    lines = [f"Best F1 over all thresholds: median (lowest - highest) over {len(SECRETS)} secrets.", "",
             "| files | schema | records | true pairs | best F1 | at thresholds |", "|---" * 6 + "|"]
    for title, schema, names, people in [
            ("border_dev", "border.json", ["border_dev_A", "border_dev_B"], keyed),
            ("FEBRL4", "febrl4.json", ["febrl4a", "febrl4b"], numbered)]:
        files = [data / f"{name}.csv" for name in names]
        owners = [people(file) for file in files]
        true = len(set(owners[0]) & set(owners[1]))
        results = []
        for secret in SECRETS:
            codes = [encode(file, SCHEMAS / schema, secret, directory) for file in files]
            results.append(best(codes, owners, true))
        scores, thresholds = zip(*results)
        lines.append(
            f"| {title} | {schema} | {len(codes[0]):,} and {len(codes[1]):,} | {true:,} | "
            f"{statistics.median(scores):.4f} ({min(scores):.4f} - {max(scores):.4f}) | "
            f"{min(thresholds):.3f} - {max(thresholds):.3f} |")
    return "\n".join(lines) + "\n"


def encode(file, schema, text, directory):
    secret = directory / "quality.secret"
    secret.write_text(text)
    output = directory / "quality.json"
    subprocess.run(
        [os.environ["BIOMATCH"], "link", "encode", file, "--schema", schema, "--secret-file", secret,
         "-o", output], check=True, stdout=subprocess.DEVNULL)
    return [deserialize_bitarray(code) for code in json.loads(output.read_text())["clks"]]


def best(codes, owners, true):
    """The best F1 over all thresholds.

    Greedy solving takes candidates from the most alike on, so that the links at a threshold are those
    of the whole solution that reach it.
    """
    candidates = anonlink.candidate_generation.find_candidate_pairs(
        codes, anonlink.similarities.dice_coefficient_accelerated, FLOOR)
    similarity = {(a, b): value for value, a, b in zip(
        candidates[0], candidates[2][0], candidates[2][1])}
    links = []
    for group in anonlink.solving.greedy_solve(candidates):
        row = dict(group)
        if len(row) == 2:
            links.append((similarity[row[0], row[1]], owners[0][row[0]] == owners[1][row[1]]))
    links.sort(reverse=True)
    result, right = (0, 0), 0
    for count, (value, is_right) in enumerate(links, 1):
        right += is_right
        if count == len(links) or links[count][0] != value:
            result = max(result, (2 * right / (count + true), value))
    return result


def keyed(file):
    with open(file.with_name(f"{file.stem}_key.csv"), newline="") as keys:
        people = {row["rec_id"]: row["person_id"] for row in csv.DictReader(keys)}
    return [people[identifier] for identifier in identifiers(file)]


def numbered(file):
    """rec-1070-org and rec-1070-dup-0 are one person."""
    return [identifier.split("-")[1] for identifier in identifiers(file)]


def identifiers(file):
    with open(file, newline="", encoding="utf-8") as table_:
        return [row["rec_id"] for row in csv.DictReader(table_)]
