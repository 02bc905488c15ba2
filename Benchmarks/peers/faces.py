"""Searches of face vectors: biomatch beside open libraries. Started by `run`; README.md explains."""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import face_data
import machine

BATCHES = [1, 16, 256]
BEST = 10
BASELINE = "faiss-flat-tuned"
PRESETS = ["full-rank", "low-rank"]
TITLES = {
    "biomatch": "biomatch",
    "faiss-flat-tuned": "faiss IndexFlatIP, tuned",
    "faiss-flat": "faiss IndexFlatIP, as installed",
    "numpy": "numpy, BLAS and argpartition",
    "scann": "ScaNN, brute force",
    "usearch": "usearch, exact search, f32",
    "usearch-int8": "usearch, exact search, i8",
    "faiss-int8": "faiss IndexScalarQuantizer, QT_8bit",
    "faiss-pq": "faiss PQ fast scan, 4 bits for 4 values, best 100 refined",
    "faiss-pq-fine": "faiss PQ fast scan, 4 bits for 2 values, best 100 refined",
    "turbovec": "turbovec, 4 bits, best 100 refined",
    "hnswlib": "hnswlib, M 16, ef 200"}
# Built only on request: on one thread a graph takes far longer than all others together.
ON_REQUEST = ["hnswlib"]


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/peers/run faces")
    parser.add_argument("--vectors", type=int, default=1_000_000, help="synthetic ones")
    parser.add_argument("--dimension", type=int, default=512, help="of synthetic vectors")
    parser.add_argument("--preset", nargs="+", choices=PRESETS, default=PRESETS)
    parser.add_argument("--faces", type=Path, help="a .npy file to search instead")
    parser.add_argument("--probes", type=Path, help="a .npy file of probes for it, 256 are used")
    parser.add_argument("--systems", nargs="+", choices=[name for name in TITLES][1:],
                        default=[name for name in list(TITLES)[1:] if name not in ON_REQUEST],
                        help="beside biomatch; all but hnswlib unless told")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1.0, help="of a turn, at least")
    parser.add_argument("--directory", type=Path, help="where synthetic vectors are kept")
    parser.add_argument("--prepare", action="store_true",
                        help="make the files in the directory, measure nothing")
    options = parser.parse_args()
    if (options.faces is None) != (options.probes is None):
        parser.error("--faces and --probes go together")
    if options.prepare and not options.directory:
        parser.error("--prepare needs --directory")
    return options


class Host:
    """A process that searches when it is told to, while others wait."""

    def __init__(self, command, environment):
        self._process = subprocess.Popen(
            [str(word) for word in command], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.about = self._read()

    def ask(self, *words):
        print(*words, file=self._process.stdin, flush=True)
        return self._read()

    def _read(self):
        line = self._process.stdout.readline()
        if not line:
            sys.exit(f"{self._process.args[0]} ended: {self._process.wait()}")
        return json.loads(line)

    def stop(self):
        self._process.stdin.close()
        self._process.wait()


class System:
    def __init__(self, host, words, about):
        self._host, self._words, self.about = host, words, about
        self.rates = {batch: [] for batch in BATCHES}
        self.answers = {}

    def turn(self, batch, seconds):
        turn = self._host.ask(*self._words, batch, seconds)
        self.rates[batch].append(turn["probes"] / turn["seconds"])
        for probe, rows in enumerate(turn["rows"]):
            if rows:
                self.answers[batch, probe] = rows

    def rate(self, batch):
        return statistics.median(self.rates[batch])

    def recall(self, truth):
        return truth.recall((probe, rows) for (_, probe), rows in self.answers.items())


def environment(**more):
    """One thread for everything, and no choice of kernels but those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    threads = ["OMP", "OPENBLAS", "MKL", "RAYON"]
    return kept | {f"{name}_NUM_THREADS": "1" for name in threads} | more


def tuned():
    """The OpenBLAS in faiss's package is old and takes new processors for a very old one."""
    flags = next((set(line.split()) for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("flags")), set())
    kernels = "SkylakeX" if "avx512vl" in flags else "Haswell" if "avx2" in flags else None
    choice = {"OPENBLAS_CORETYPE": kernels} if kernels else {}
    # Large pages for the vectors, which biomatch asks for as well.
    return environment(GLIBC_TUNABLES="glibc.malloc.hugetlb=1", **choice)


def start(faces, probes, names):
    """The processes, and the systems in them by name."""
    timer = Host([os.environ["TIMER"], faces, probes], environment())
    version = machine.output(os.environ["BIOMATCH"], "--version")
    about = timer.about | {"exact": True, "version": version}
    hosts, systems, kernels = [timer], {"biomatch": System(timer, [], about)}, []
    peers = [sys.executable, "-B", Path(__file__).with_name("face_peers.py"), faces, probes]
    plain = [name for name in names if name == "faiss-flat"]
    for kind, members, variables in [
            ("tuned and others", [name for name in names if name not in plain], tuned()),
            ("as installed", plain, environment())]:
        if not members:
            continue
        host = Host([*peers, *members], variables)
        hosts.append(host)
        for name in members:
            systems[name] = System(host, [name], host.about["systems"][name])
        chosen = ", ".join(f"{name} {value}" for name, value in host.about["kernels"].items())
        kernels.append(f"BLAS kernels, {kind}: {chosen}.")
    return hosts, systems, kernels


def table(title, faces, probes, truth, options):
    """The table in Markdown, and biomatch's recall."""
    disturbed = machine.others()
    hosts, systems, notes = start(faces, probes, options.systems)
    for _ in range(options.rounds):
        for batch in BATCHES:
            for system in systems.values():
                system.turn(batch, options.seconds)
    for host in hosts:
        host.stop()
    disturbed = max(disturbed, machine.others())

    base = systems.get(BASELINE)
    lines = [
        f"### {title}: {truth.shape[0]:,} vectors of {truth.shape[1]} values", "",
        "| system | version | exact | " + "".join(f"batch {batch} | " for batch in BATCHES)
        + "recall@10 | build, s | bytes a vector |",
        "|---" * (6 + len(BATCHES)) + "|"]
    for name in (name for name in TITLES if name in systems):
        system, about = systems[name], systems[name].about
        rates = [f"{number(system.rate(batch))}"
                 + (f" ({system.rate(batch) / base.rate(batch):.2f})" if base else "")
                 for batch in BATCHES]
        lines.append("| " + " | ".join([
            TITLES[name], about["version"], "yes" if about["exact"] else "no", *rates,
            f"{system.recall(truth):.4f}", f"{about['build']:.1f}", f"{about['bytes']:,.0f}"]) + " |")
    notes = [
        "Probes a second on one thread, in parentheses by "
        f"{TITLES[BASELINE]}; medians of {options.rounds} rounds, turns of {options.seconds:g} s "
        f"or longer; biomatch at SIMD level {systems['biomatch'].about['simd']}.",
        "Lowest and highest, probes a second: " + "; ".join(
            f"{name} " + ", ".join(f"{number(min(values))}-{number(max(values))}"
                                   for values in systems[name].rates.values())
            for name in TITLES if name in systems) + ".",
        *notes]
    for name in ["faiss-flat-tuned", "faiss-flat"]:
        if name in systems:
            factors = ", ".join(
                f"{systems['biomatch'].rate(batch) / systems[name].rate(batch):.1f} times at batch "
                f"{batch}" for batch in BATCHES)
            notes.append(f"biomatch by {TITLES[name]}: {factors}.")
    if disturbed > machine.QUIET:
        notes.append(f"**Of no use: other processes ran at the same time ({disturbed:.1f}).**")
        print("warning: other processes run here: do not use the times", file=sys.stderr)
    recall = systems["biomatch"].recall(truth)
    return "\n".join(lines) + "\n\n" + "\n".join(f"- {note}" for note in notes) + "\n", recall


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def sets(options, directory):
    """Title, vectors, probes and a place for what exact searches find, of each data set."""
    if options.faces:
        yield options.faces.name, options.faces, face_data.head(options.probes, directory), None
        return
    for preset in options.preset:
        faces, probes = face_data.synthetic(
            os.environ["BIOMATCH"], preset, options.vectors, options.dimension, directory)
        yield f"synthetic, {preset}", faces, probes, faces.with_name(f"{faces.stem}-truth.npy")


def main():
    options = arguments()
    with tempfile.TemporaryDirectory() as temporary:
        directory = options.directory or Path(temporary)
        directory.mkdir(parents=True, exist_ok=True)
        if not options.prepare:
            print(machine.description(os.environ["BIOMATCH"], []), flush=True)
            processors = os.sched_getaffinity(0)
        for title, faces, probes, kept in sets(options, directory):
            truth = face_data.Truth(faces, probes, BEST, kept)
            if options.prepare:
                continue
            os.sched_setaffinity(0, {min(processors)})
            text, recall = table(title, faces, probes, truth, options)
            os.sched_setaffinity(0, processors)
            print(text, flush=True)
            if recall < 1:
                sys.exit(f"biomatch is not exact: recall {recall}")


if __name__ == "__main__":
    main()
