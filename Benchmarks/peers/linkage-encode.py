"""Linkage codes: biomatch beside clkhash. Started by `run`; README.md explains."""
import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from clkhash.clk import generate_clks
from clkhash.schema import from_json_dict
from clkhash.serialization import serialize_bitarray

import linkage_data
import linkage_quality
import machine

SECRET = "a secret for measurements only"
MODES = {"warm": "tokens known", "cold": "new encoder", "table": "new encoder, from the file"}


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/peers/run linkage-encode")
    parser.add_argument("--records", type=int, default=10_000, help="whose bits are compared")
    parser.add_argument("--schemas", type=int, default=40, help="random ones")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=7, help="of the speed measurement")
    parser.add_argument("--people", type=int, default=100_000, help="of the speed measurement")
    parser.add_argument("--only", choices=["equality", "speed", "quality"])
    parser.add_argument("--quality", type=Path, metavar="DIR",
                        help="also the F1 of border_dev and FEBRL4, whose files are in DIR")
    return parser.parse_args()


def peer(records, schema):
    return [serialize_bitarray(code) for code in generate_clks(
        records, from_json_dict(json.loads(json.dumps(schema))), SECRET, max_workers=1)]


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)


def equality(options, directory):
    """Compares all bits; ends the run at the first difference."""
    secret = directory / "secret"
    secret.write_text(SECRET)
    each = max(1, options.records // options.schemas)
    kinds, compared, digests = set(), 0, {}
    for number in range(options.schemas):
        schema, draws, _ = linkage_data.schema(options.seed * 1_000_000 + number)
        records = [[draw() for draw in draws] for _ in range(each)]
        table, output = directory / "table.csv", directory / "codes.csv"
        paths = directory / "schema.json"
        paths.write_text(json.dumps(schema))
        write(table, [["id"] + [feature["identifier"] for feature in schema["features"]]] + [
            [f"r{row}"] + record for row, record in enumerate(records)])
        # biomatch needs identifiers, so both get the same schema with a column before the others.
        schema["features"].insert(0, {"identifier": "id", "ignored": True})
        paths.write_text(json.dumps(schema))
        rejects = directory / "rejects.csv"
        run = subprocess.run(
            [os.environ["BIOMATCH"], "link", "encode", table, "--schema", paths, "--secret-file",
             secret, "--format", "csv", "--rejects", rejects, "-o", output],
            stdout=subprocess.DEVNULL)
        if run.returncode:
            sys.exit(f"schema {number} is refused: {json.dumps(schema)}")
        with open(output, newline="", encoding="utf-8") as file:
            found = {row["id"]: row["clk"] for row in csv.DictReader(file)}
        with open(rejects, newline="", encoding="utf-8") as file:
            left = list(csv.DictReader(file))
        # Records without any token have a code of zeros there and none here.
        if any(row["code"] != "record.empty" for row in left):
            sys.exit(f"schema {number}: rejected {left[0]}: {json.dumps(schema)}")
        expected = peer([[f"r{row}"] + record for row, record in enumerate(records)], schema)
        for row, (record, code) in enumerate(zip(records, expected)):
            mine = found.get(f"r{row}")
            if mine != code and not (mine is None and not code.strip("A=")):
                sys.exit(f"schema {number}, record {record}: {mine} is not {code}: "
                         f"{json.dumps(schema)}")
            compared += mine is not None
        digests[number] = len(found)
        kinds.update(feature["format"]["type"] + "/" + feature["hashing"]["comparison"]["type"]
                     for feature in schema["features"] if "hashing" in feature)
    return (f"Bit for bit equal: {compared:,} records under {options.schemas} random schemas "
            f"({', '.join(sorted(kinds))}), seed {options.seed}.\n")


class Timer:
    def __init__(self, directory, schema, records):
        paths = [directory / name for name in ("speed.json", "speed.secret", "speed.csv")]
        paths[0].write_text(json.dumps(schema))
        paths[1].write_text(SECRET)
        write(paths[2], records)
        self._process = subprocess.Popen(
            [os.environ["TIMER"], *paths], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.count = int(self._process.stdout.readline())

    def turn(self, mode):
        print(mode, file=self._process.stdin, flush=True)
        return self.count / float(self._process.stdout.readline())

    def stop(self):
        self._process.stdin.close()
        self._process.wait()


def speed(options, directory):
    records = linkage_data.people(options.people, options.seed)
    few = records[:len(records) // 10]
    disturbed = machine.others()
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    lines = ["| features | system | records a second: median (lowest - highest) | by clkhash |",
             "|---|---|---|---|"]
    for document in (False, True):
        schema = linkage_data.people_schema(document)
        timer = Timer(directory, schema, records)
        rates = {name: [] for name in ["clkhash", *MODES]}
        compiled = from_json_dict(json.loads(json.dumps(schema)))
        generate_clks(few, compiled, SECRET, max_workers=1)
        for _ in range(options.rounds):
            start = time.perf_counter()
            generate_clks(few, compiled, SECRET, max_workers=1)
            rates["clkhash"].append(len(few) / (time.perf_counter() - start))
            for mode in MODES:
                rates[mode].append(timer.turn(mode))
        timer.stop()
        base = statistics.median(rates["clkhash"])
        for name, values in rates.items():
            title = f"biomatch, {MODES[name]}" if name in MODES else "clkhash, tokens known"
            median = statistics.median(values)
            lines.append(f"| {5 + document} | {title} | {median:,.0f} ({min(values):,.0f} - "
                         f"{max(values):,.0f}) | {median / base:.1f} |")
    disturbed = max(disturbed, machine.others())
    notes = [f"{options.rounds} rounds on core {core}, one thread; {len(records):,} records for "
             f"biomatch, {len(few):,} of them for clkhash; 1024 bits, blakeHash; rows in memory "
             "but where it says otherwise."]
    if disturbed > machine.QUIET:
        notes.append(f"**Of no use: other processes ran at the same time ({disturbed:.1f}).**")
        print("warning: other processes run here: do not use the times", file=sys.stderr)
    return "\n".join(lines) + "\n\n" + "\n".join(f"- {note}" for note in notes) + "\n"


def main():
    options = arguments()
    print(machine.description(Path(os.environ["BIOMATCH"]), ["clkhash"]))
    with tempfile.TemporaryDirectory() as temporary:
        if options.only in (None, "equality"):
            print(equality(options, Path(temporary)), flush=True)
        if options.only in (None, "speed"):
            print(speed(options, Path(temporary)), flush=True)
        if options.quality:
            print(linkage_quality.table(options.quality, Path(temporary)))


if __name__ == "__main__":
    main()
