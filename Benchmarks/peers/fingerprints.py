"""Fingerprint matching: biomatch beside NBIS's bozorth3. Started by `run`; README.md explains."""
import argparse
import csv
import os
import sys
import tempfile
from pathlib import Path

import accuracy
import bozorth3
import machine
import records
import speed


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/peers/run fingerprints")
    parser.add_argument("root", type=Path, help="templates and pairs/NAME.GROUP.csv")
    parser.add_argument("groups", nargs="+", metavar="GROUP")
    parser.add_argument("--only", choices=["accuracy", "speed"])
    parser.add_argument("--scores", type=Path, help="keep the scores in this directory")
    parser.add_argument("--rounds", type=int, default=9, help="of the speed measurement")
    parser.add_argument("--probes", type=int, default=16, help="of the speed measurement")
    return parser.parse_args()


class Templates:
    """The templates below a directory in the form of one matcher, each read once."""

    def __init__(self, root, matcher):
        self._root, self._matcher, self._known = root, matcher, {}

    def __getitem__(self, path):
        if path not in self._known:
            template = records.read(self._root / path)
            self._known[path] = template and self._matcher.template(template)
        return self._known[path]


def main():
    options = arguments()
    lists = {group: sorted(options.root.glob(f"pairs/*.{group}.csv")) for group in options.groups}
    for group, files in lists.items():
        if not files:
            sys.exit(f"no lists {options.root}/pairs/*.{group}.csv")
    biomatch = Path(os.environ["BIOMATCH"])
    peers = [bozorth3.Library(), bozorth3.Package()]
    print(machine.description(biomatch, ["nbis-py", "numpy"]))

    if options.only != "speed":
        with tempfile.TemporaryDirectory() as temporary:
            directory = options.scores or Path(temporary)
            print(accuracy.table(biomatch, peers, options.root, lists, directory, Templates))
    if options.only != "accuracy":
        timer = Path(os.environ["TIMER"])
        prints = {group: paths(files) for group, files in lists.items()}
        print(speed.table(timer, peers, options.root, prints, Templates, options))


def paths(lists):
    """All templates that the lists name."""
    names = set()
    for path in lists:
        with open(path, newline="") as file:
            for row in csv.DictReader(file):
                names.update((row["a"], row["b"]))
    return sorted(names)


if __name__ == "__main__":
    main()
