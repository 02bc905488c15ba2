"""Vectors to search, probes, and what exact searches of them find."""
import subprocess
from pathlib import Path

import numpy as np

PART = 1 << 14  # rows at a time
PROBES = 256
ROUNDING = 1e-6  # scores that differ by less are equal: values of 32 bits say no more


def synthetic(biomatch, preset, vectors, dimension, directory):
    """Files of vectors of other people and of probes, every other one a person's among them."""
    name = f"{preset}-{vectors}x{dimension}"
    faces, probes = directory / f"{name}.npy", directory / f"{name}-probes.npy"

    def make(path, identities, *more):
        subprocess.run(
            [biomatch, "synth", "faces", "--preset", preset, "--dimension", str(dimension),
             "--identities", str(identities), *more, "--output", path],
            check=True, stdout=subprocess.DEVNULL)
        return path

    def whole(path, write):
        """Writes a file under another name until it is whole."""
        if not path.exists():
            part = path.with_name(f"part-{path.name}")
            write(part)
            part.replace(path)

    def make_probes(path):
        half = PROBES // 2
        mated, others = path.with_name("mated.npy"), path.with_name("others.npy")
        make(mated, half, "--first-sample", "1")
        make(others, half, "--first-identity", str(vectors))
        both = np.stack([np.load(mated), np.load(others)], axis=1).reshape(PROBES, dimension)
        np.save(path, both)
        mated.unlink()
        others.unlink()

    whole(faces, lambda path: make(path, vectors))
    whole(probes, make_probes)
    return faces, probes


def head(path, directory):
    """A file of the first probes of a file."""
    probes = np.load(path, mmap_mode="r")[:PROBES].astype(np.float32)
    copy = directory / "probes.npy"
    np.save(copy, probes)
    return copy


def unit(vectors):
    """The vectors at unit length, in 32 bits, in place where they are so already."""
    vectors = np.ascontiguousarray(vectors, np.float32)
    for start in range(0, len(vectors), PART):
        part = vectors[start:start + PART]
        part /= np.linalg.norm(part.astype(np.float64), axis=1, keepdims=True)
    return vectors


def exact_unit(vectors):
    vectors = vectors.astype(np.float64)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class Truth:
    """Scores in 64 bits of every probe with every vector."""

    def __init__(self, faces, probes, best, kept=None):
        self._faces = np.load(faces, mmap_mode="r")
        self._probes = exact_unit(np.load(probes))
        self.shape = self._faces.shape
        self._known = [{} for _ in self._probes]
        if kept and kept.exists():
            self._lowest = np.load(kept)
        else:
            self._lowest = self._search(best)
            if kept:
                np.save(kept, self._lowest)
        self._best = best

    def _search(self, best):
        """The score of each probe's last candidate."""
        scores = np.empty((len(self._probes), 0))
        for start in range(0, len(self._faces), PART):
            part = self._probes @ exact_unit(self._faces[start:start + PART]).T
            scores = np.hstack([scores, part])
            if scores.shape[1] > best:
                scores = -np.partition(-scores, best - 1, axis=1)[:, :best]
        return scores.min(axis=1)

    def recall(self, answers):
        """The share of right candidates in answers: pairs of a probe's number and rows."""
        right = total = 0
        for probe, rows in answers:
            rows = {row for row in rows if row >= 0}
            known = self._known[probe]
            missing = sorted(rows - known.keys())
            if missing:
                scores = exact_unit(self._faces[missing]) @ self._probes[probe]
                known.update(zip(missing, scores.tolist()))
            lowest = self._lowest[probe] - ROUNDING
            right += min(self._best, sum(known[row] >= lowest for row in rows))
            total += min(self._best, len(self._faces))
        return right / total
