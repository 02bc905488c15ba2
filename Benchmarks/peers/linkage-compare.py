"""Comparisons of linkage codes: biomatch beside anonlink. Started by `run`; README.md explains."""
import argparse
import base64
import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import anonlink
from bitarray import bitarray

import machine

FIELDS = ("given_name surname street_number address_1 address_2 suburb postcode state date_of_birth "
          "soc_sec_id").split()
BITS = 1024
FILLS = [.30, .50, .68]
LOW = .7
MODES = {"count": "biomatch, candidates counted", "list": "biomatch, candidates listed"}


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/peers/run linkage-compare")
    parser.add_argument("--febrl", type=Path, metavar="DIR",
                        help="also FEBRL4, whose files febrl4a.csv and febrl4b.csv are in DIR")
    parser.add_argument("--codes", type=int, default=10_000, help="random ones of each side")
    parser.add_argument("--thresholds", type=float, nargs="+", default=[.8, .9])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5, help="of the speed measurement")
    parser.add_argument("--only", choices=["equality", "speed", "memory"])
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    return parser.parse_args()


def synthetic(options, fill, directory):
    """Random codes of two sides; half of the second's are the first's with a tenth of the bits drawn anew."""
    source = random.Random(f"{options.seed} {fill}")

    def draw(share):
        # AND and OR of random bits by the binary digits of the share.
        bits, digits = 0, round(share * 256)
        for digit in range(8):
            word = source.getrandbits(BITS)
            bits = bits | word if digits >> digit & 1 else bits & word
        return bits
    first = [draw(fill) for _ in range(options.codes)]
    second = []
    for code in first:
        changed = draw(.1) if source.random() < .5 else (1 << BITS) - 1
        second.append(code & ~changed | draw(fill) & changed)
    source.shuffle(second)
    paths = [directory / f"fill{fill}-{side}.json" for side in "ab"]
    for path, codes in zip(paths, [first, second]):
        path.write_text(json.dumps({"clks": [
            base64.b64encode(code.to_bytes(BITS // 8, "big")).decode() for code in codes]}))
    return paths


def febrl(source, directory):
    """All fields by pairs of letters, 16 bits each: full codes, of which most are alike at a low threshold."""
    schema, secret = directory / "schema.json", directory / "secret"
    secret.write_text("a secret for measurements only")
    schema.write_text(json.dumps({
        "version": 3, "clkConfig": {"l": BITS, "kdf": {"type": "HKDF"}},
        "features": [{"identifier": "rec_id", "ignored": True}] + [
            {"identifier": field, "format": {"type": "string"}, "hashing": {
                "comparison": {"type": "ngram", "n": 2}, "strategy": {"bitsPerToken": 16},
                "hash": {"type": "blakeHash"}}} for field in FIELDS]}))
    paths = [directory / f"febrl4{side}.json" for side in "ab"]
    for path in paths:
        biomatch("encode", source / f"{path.stem}.csv", "--schema", schema, "--secret-file", secret,
                 "-o", path)
    return paths


def biomatch(*words):
    subprocess.run([os.environ["BIOMATCH"], "link", *words], check=True, stdout=subprocess.DEVNULL)


def load(path):
    codes = []
    for text in json.loads(Path(path).read_text())["clks"]:
        code = bitarray()
        code.frombytes(base64.b64decode(text))
        codes.append(code)
    return codes


def peer(sides, threshold):
    return anonlink.candidate_generation.find_candidate_pairs(
        sides, anonlink.similarities.dice_coefficient_accelerated, threshold)


def rows(path):
    """Pairs of rows with scores: files of JSON have no identifiers, so records are called row0 and so on."""
    with open(path, newline="") as file:
        return {(int(row["a"][3:]), int(row["b"][3:])): float(row["score"])
                for row in csv.DictReader(file)}


def equality(name, paths, thresholds, directory):
    """Compares candidates, scores and greedy links; ends the run at the first difference."""
    sides = [load(path) for path in paths]
    lines = []
    for threshold in thresholds:
        pairs, links = directory / "pairs.csv", directory / "links.csv"
        biomatch("compare", *paths, "--any-schema", "--threshold", str(threshold), "--format", "csv",
                 "-o", pairs)
        biomatch("solve", pairs, "--method", "greedy", "--format", "csv", "-o", links)
        candidates = peer(sides, threshold)
        expected = {(a, b): score for score, a, b in zip(
            candidates[0], candidates[2][0], candidates[2][1])}
        if rows(pairs) != expected:
            sys.exit(f"{name}, threshold {threshold}: the candidates differ")
        solved = {(a, b) for (_, a), (_, b) in (
            sorted(group) for group in anonlink.solving.greedy_solve(candidates))}
        if set(rows(links)) != solved:
            sys.exit(f"{name}, threshold {threshold}: the greedy links differ")
        lines.append(f"| {name} | {threshold} | {len(expected):,} | {len(solved):,} |")
    return lines


class Timer:
    def __init__(self, paths):
        self._process = subprocess.Popen(
            [os.environ["TIMER"], *paths], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def turn(self, mode, threshold):
        print(mode, threshold, file=self._process.stdin, flush=True)
        seconds, count = self._process.stdout.readline().split()
        return float(seconds), int(count)

    def stop(self):
        self._process.stdin.close()
        self._process.wait()


def speed(name, paths, options):
    sides, timer = [load(path) for path in paths], Timer(paths)
    pairs = len(sides[0]) * len(sides[1])
    fill = sum(code.count() for side in sides for code in side) / BITS / sum(map(len, sides))
    lines = []
    for threshold in options.thresholds:
        rates = {"anonlink": [], **{mode: [] for mode in MODES}}
        for _ in range(options.rounds):
            start = time.perf_counter()
            candidates = peer(sides, threshold)
            rates["anonlink"].append(pairs / (time.perf_counter() - start))
            for mode in MODES:
                seconds, count = timer.turn(mode, threshold)
                rates[mode].append(pairs / seconds)
                if count != len(candidates[0]):
                    sys.exit(f"{name}, threshold {threshold}: {count} candidates")
        base = statistics.median(rates["anonlink"])
        for system, values in rates.items():
            median = statistics.median(values)
            lines.append(
                f"| {name} | {fill:.2f} | {threshold} | {MODES.get(system, system)} | "
                f"{median / 1e6:,.0f} M ({min(values) / 1e6:,.0f} - {max(values) / 1e6:,.0f}) | "
                f"{median / base:.1f} |")
    timer.stop()
    return lines


def child(first, second, threshold):
    """One comparison by anonlink in a process of its own."""
    candidates = peer([load(first), load(second)], float(threshold))
    print(len(candidates[0]))


def memory(name, paths, source, directory):
    """Time and peak memory of whole processes, from the files on."""
    lines, counts = [], {}
    pairs, binary, links = (
        directory / file for file in ["pairs.csv", "pairs.anonlink", "links.csv"])
    one, to_links = ["--threads", "1"], ["--format", "csv", "-o", links]
    least = ["--threshold", str(LOW)]
    link = [os.environ["BIOMATCH"], "link"]
    compare = [*link, "compare", *paths, "--any-schema", *least, *one]
    tables = [source / f"{path.stem}.csv" for path in paths]
    # What each has in the end, candidates or links, and in which file.
    commands = {
        "anonlink, in memory":
            ("candidates", None, [sys.executable, "-B", __file__, "--child", *paths, str(LOW)]),
        "biomatch link compare, to a file": ("candidates", pairs, [*compare, "--format", "csv", "-o", pairs]),
        "biomatch link compare, to .anonlink": ("candidates", binary, [*compare, "-o", binary]),
        "biomatch link solve, of the file": ("links", links, [*link, "solve", pairs, *to_links]),
        "biomatch link solve, of .anonlink": ("links", links, [*link, "solve", binary, *to_links]),
        "biomatch link run": ("links", links, [
            *link, "run", *tables, "--schema", directory / "schema.json", "--secret-file",
            directory / "secret", *least, *one, *to_links])}
    for system, (kind, file, command) in commands.items():
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        answer = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if status:
            sys.exit(f"{system} failed")
        count = int(answer) if file is None else written(file)
        if counts.setdefault(kind, count) != count:
            sys.exit(f"{name}, threshold {LOW}: {system} has {count} {kind}, not {counts[kind]}")
        # Linux counts kilobytes.
        lines.append(f"| {name} | {system} | {count:,} {kind} | {seconds:.1f} | "
                     f"{usage.ru_maxrss / 1024:,.0f} |")
    return lines


def written(path):
    """How many pairs a file has."""
    if path.suffix == ".anonlink":
        return (path.stat().st_size - 4) // 24
    with open(path, "rb") as file:
        return sum(1 for _ in file) - 1


def main():
    options = arguments()
    if options.child:
        return child(*options.child)
    print(machine.description(Path(os.environ["BIOMATCH"]), ["anonlink"]), flush=True)
    disturbed = machine.others()
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(temporary)
        fills = FILLS if options.only != "memory" else []
        sets = [(f"random {fill:.2f}", synthetic(options, fill, directory)) for fill in fills]
        if options.febrl:
            sets.append(("FEBRL4", febrl(options.febrl, directory)))
        if options.only in (None, "equality"):
            show("| codes | threshold | same candidates | same greedy links |",
                 [line for name, paths in sets
                  for line in equality(name, paths, options.thresholds, directory)])
        if options.only in (None, "speed"):
            show("| codes | fill | threshold | system | comparisons a second: median (lowest - highest) "
                 "| by anonlink |",
                 [line for name, paths in sets for line in speed(name, paths, options)])
        if options.only in (None, "memory") and options.febrl:
            show("| codes | system | has | seconds | peak memory, MB |",
                 memory(*sets[-1], options.febrl, directory))
    disturbed = max(disturbed, machine.others())
    print(f"- {options.rounds} rounds on core {core}, one thread; memory at threshold {LOW}.")
    if disturbed > machine.QUIET:
        print(f"- **Of no use: other processes ran at the same time ({disturbed:.1f}).**")
        print("warning: other processes run here: do not use the times", file=sys.stderr)


def show(header, lines):
    print("\n".join([header, "|---" * (header.count("|") - 1) + "|", *lines]) + "\n", flush=True)


if __name__ == "__main__":
    main()
