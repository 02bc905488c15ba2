"""Comparisons a second on one core, the matchers taking turns."""
import ctypes
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import machine
import records

TURN = 1.0  # seconds of a matcher's turn, at least


def table(timer, peers, root, groups, templates, options):
    """The table in Markdown: each matcher's median over the rounds, and biomatch's by it."""
    disturbed = machine.others()
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    rows = [
        "| matcher | group | comparisons a second: median (lowest - highest) "
        "| biomatch's median by this |",
        "|---|---|---|---|"]
    notes = []
    for group, names in groups.items():
        names = [name for name in names if records.read(root / name)]
        probes = spread(names, options.probes)
        matchers = {"biomatch": Biomatch(timer, root, probes, names)} | {
            peer.name: Peer(peer, templates(root, peer), probes, names) for peer in peers}
        rates = {name: [] for name in matchers}
        for _ in range(options.rounds):
            for name, matcher in matchers.items():
                rates[name].append(len(probes) * len(names) * matcher.passes / matcher.turn())
        best = statistics.median(rates["biomatch"])
        for name, values in rates.items():
            median = statistics.median(values)
            rows.append(f"| {name} | {group} | {median:,.0f} ({min(values):,.0f} - "
                        f"{max(values):,.0f}) | {best / median:.1f} |")
        notes.append(
            f"{group}: {len(probes)} probes ({minutiae(root, probes)}) against {len(names)} "
            f"templates ({minutiae(root, names)}), {matchers['biomatch'].engine}.")
        matchers["biomatch"].stop()
    notes.append(
        f"{options.rounds} rounds on core {core}, turns of {TURN:g} s or longer. Calling "
        f"bozorth3 from Python is included, about {call_cost() * 1e6:.1f} µs a comparison.")
    disturbed = max(disturbed, machine.others())
    if disturbed > machine.QUIET:
        notes.append(f"**Of no use: other processes ran at the same time ({disturbed:.1f}).**")
        print("warning: other processes run here: do not use the times", file=sys.stderr)
    return "\n".join(rows) + "\n\n" + "\n".join(f"- {note}" for note in notes) + "\n"


def spread(names, count):
    """So many names, evenly over all."""
    count = min(count, len(names))
    return [names[index * len(names) // count] for index in range(count)]


def minutiae(root, names):
    counts = [len(records.read(root / name).minutiae) for name in names]
    return f"minutiae: median {statistics.median(counts):g}, mean {statistics.mean(counts):.1f}"


def call_cost():
    """Seconds for the calls of one comparison, without what they do."""
    function = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(("abs", ctypes.CDLL(None)))
    count = 100_000
    start = time.perf_counter()
    for _ in range(count):
        function(function(function(1)))
    return (time.perf_counter() - start) / count


class Turns:
    """Something that can be timed: `passes` over all comparisons, chosen to fill a turn."""

    def calibrate(self):
        self.passes = 1
        while (seconds := self.turn()) < TURN:
            self.passes = max(self.passes + 1, round(self.passes * min(16, 1.1 * TURN / seconds)))


class Biomatch(Turns):
    """The timer, a process that waits while others have their turn."""

    def __init__(self, timer, root, probes, names):
        with tempfile.TemporaryDirectory() as directory:
            lists = [Path(directory, "probes"), Path(directory, "references")]
            for path, members in zip(lists, (probes, names)):
                path.write_text("".join(f"{root / name}\n" for name in members))
            self._process = subprocess.Popen(
                [timer, *lists], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            simd, digest = self._process.stdout.readline().split()
        self.engine = f"SIMD level {simd}, parameters {digest}"
        self.calibrate()

    def turn(self):
        print(self.passes, file=self._process.stdin, flush=True)
        return float(self._process.stdout.readline().split()[0])

    def stop(self):
        self._process.stdin.close()
        self._process.wait()


class Peer(Turns):
    def __init__(self, peer, templates, probes, names):
        self._peer = peer
        self._probes = [templates[name] for name in probes]
        self._references = [templates[name] for name in names]
        self.calibrate()

    def turn(self):
        prepare, score = self._peer.prepare, self._peer.score
        start = time.perf_counter()
        for _ in range(self.passes):
            for probe in self._probes:
                prepared = prepare(probe)
                for reference in self._references:
                    score(prepared, reference)
        return time.perf_counter() - start
