"""Error rates of scored comparisons, by the definitions of docs/evaluation.md, as fractions."""
import csv

import numpy as np

LIMITS = {"fmr100": 100, "fmr1000": 1000, "fmr10000": 10000}
FIGURES = ["eer", *LIMITS, "zeroFmr"]


def load(path):
    """Genuine and impostor scores of a file a,b,genuine,score; no score counts as 0."""
    scores = {"1": [], "0": []}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            value = float(row["score"]) if row["score"] else 0.0
            scores[row["genuine"]].append(0.0 if np.isnan(value) else value)
    return np.array(scores["1"]), np.array(scores["0"])


def rates(genuine, impostor):
    """The figures of one list; None where it has too few impostor comparisons for a figure."""
    thresholds = np.append(np.unique(np.concatenate([genuine, impostor])), np.inf)
    rejected = np.searchsorted(np.sort(genuine), thresholds)  # genuine scores below the threshold
    accepted = len(impostor) - np.searchsorted(np.sort(impostor), thresholds)
    fnmr, fmr = rejected / len(genuine), accepted / len(impostor)
    crossing = int(np.argmax(fnmr >= fmr))
    sums = (fnmr + fmr)[max(crossing - 1, 0):crossing + 1]
    result = {"eer": float(sums.min()) / 2}
    for name, one_in in LIMITS.items():
        # Counts, not rates: 1/1000 is no binary fraction.
        allowed = accepted * one_in <= len(impostor)
        result[name] = float(fnmr[np.argmax(allowed)]) if len(impostor) >= one_in else None
    result["zeroFmr"] = float(fnmr[np.argmax(accepted == 0)])
    return result


def evaluate(paths):
    """One result a list, then "mean" over the lists and "pooled" under one threshold."""
    lists = [load(path) for path in paths]
    each = [rates(*scores) for scores in lists]
    return each + [mean(each), rates(*map(np.concatenate, zip(*lists)))]


def mean(results):
    """The mean of each figure over the results that have it."""
    result = {}
    for name in FIGURES:
        values = [row[name] for row in results if row[name] is not None]
        result[name] = sum(values) / len(values) if values else None
    return result
