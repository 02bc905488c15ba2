"""Error rates of all matchers on the same lists of comparisons."""
import csv
import json
import subprocess
import sys

import metrics

# What the table shows: a figure of the mean over lists, then of all lists under one threshold.
MEAN = ["eer", "fmr100", "fmr1000"]
POOLED = ["fmr1000", "fmr10000", "zeroFmr"]


def table(biomatch, peers, root, lists, directory, templates):
    """The table in Markdown; score files go to a directory for each matcher."""
    results = {"biomatch": {}}
    for group, files in lists.items():
        results["biomatch"][group] = run_biomatch(biomatch, root, files, directory / "biomatch")
    for peer in peers:
        results[peer.name] = {
            group: run_peer(peer, templates(root, peer), files, directory / peer.name)
            for group, files in lists.items()}
    rows = [
        "| matcher | group | mean EER / FMR100 / FMR1000 | pooled FMR1000 / FMR10000 / zero |",
        "|---|---|---|---|"]
    for name, groups in results.items():
        shown = {group: figures(evaluated) for group, evaluated in groups.items()}
        if len(shown) > 1:
            shown["average"] = [average(column) for column in zip(*shown.values())]
        for group, values in shown.items():
            text = ["-" if value is None else f"{100 * value:.2f}" for value in values]
            rows.append(f"| {name} | {group} | {' / '.join(text[:3])} | {' / '.join(text[3:])} |")
    return "\n".join(rows) + "\n"


def figures(evaluated):
    mean, pooled = evaluated[-2:]
    return [mean[name] for name in MEAN] + [pooled[name] for name in POOLED]


def average(values):
    return None if None in values else sum(values) / len(values)


def run_biomatch(biomatch, root, files, directory):
    """biomatch's error rates, by metrics.py, which must agree with biomatch's own."""
    directory.mkdir(parents=True, exist_ok=True)
    finished = subprocess.run(
        [biomatch, "evaluate", "fingerprints", "--root", root, "--pairs", *files,
         "--scores", directory, "--format", "json"],
        stdout=subprocess.PIPE)
    if finished.returncode:
        sys.exit(finished.returncode)  # biomatch has said why
    evaluated = metrics.evaluate([directory / file.name for file in files])
    for own, ours in zip(json.loads(finished.stdout), evaluated, strict=True):
        for name in metrics.FIGURES:
            a, b = own[name], ours[name]
            if (a is None) != (b is None) or a is not None and abs(a - b) > 1e-9:
                sys.exit(f"{own['name']}: {name} is {a} by biomatch and {b} by metrics.py")
    return evaluated


def run_peer(peer, templates, files, directory):
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for file in files:
        print(f"{peer.name}: {file.name}", file=sys.stderr)
        written.append(directory / file.name)
        score_list(peer, templates, file, written[-1])
    return metrics.evaluate(written)


def score_list(peer, templates, source, target):
    """Writes a list with the peer's scores, empty where a template cannot be read."""
    with open(source, newline="") as pairs, open(target, "w", newline="") as scores:
        writer = csv.writer(scores, lineterminator="\n")
        writer.writerow(["a", "b", "genuine", "score"])
        probe, prepared = None, None
        for row in csv.DictReader(pairs):
            a, b = templates[row["a"]], templates[row["b"]]
            score = ""
            if a is not None and b is not None:
                if row["a"] != probe:
                    probe, prepared = row["a"], peer.prepare(a)
                score = peer.score(prepared, b)
            writer.writerow([row["a"], row["b"], row["genuine"], score])
