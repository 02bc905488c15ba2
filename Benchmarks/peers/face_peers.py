"""Open searches of vectors, timed on request; started by faces.py in an environment of its own.

    face_peers.py FACES PROBES SYSTEM...

Builds the systems' indexes and writes a line about them; then, for each line read,
`SYSTEM BATCH SECONDS`, it searches for the ten best as FaceSearchTimer does. Lines written are JSON.
"""
import importlib.metadata
import json
import os
import sys
import time

import faiss
import numpy as np
import threadpoolctl

import face_data

BEST = 10


class FaissFlat:
    """All products in 32 bits, with the settings that faiss comes with."""
    package, exact = "faiss-cpu", True

    def __init__(self, shared):
        self.index, self.build = shared.flat, shared.flat_build
        self.bytes = self.index.code_size

    def search(self, probes):
        return self.index.search(probes, BEST)[1]


class FaissFlatTuned(FaissFlat):
    """Matrix products from four probes on: faiss by itself waits for some 250."""

    def search(self, probes):
        default = faiss.cvar.distance_compute_blas_threshold
        faiss.cvar.distance_compute_blas_threshold = 4 * self.index.d
        try:
            return super().search(probes)
        finally:
            faiss.cvar.distance_compute_blas_threshold = default


class NumpyBLAS:
    """Products by BLAS, a selection of the best in each part of the rows."""
    package, exact = "numpy", True
    part = 8192

    def __init__(self, shared):
        self.vectors, self.build = shared.vectors, 0.0
        self.bytes = self.vectors.itemsize * self.vectors.shape[1]

    def search(self, probes):
        scores, rows = [], []
        for start in range(0, len(self.vectors), self.part):
            products = probes @ self.vectors[start:start + self.part].T
            best = np.argpartition(products, -min(BEST, products.shape[1]), axis=1)[:, -BEST:]
            scores.append(np.take_along_axis(products, best, 1))
            rows.append(best + start)
        return ordered(np.hstack(scores), np.hstack(rows))


class ScannBruteForce:
    package, exact = "scann", True

    def __init__(self, shared):
        from scann import scann_ops_pybind
        start = time.perf_counter()
        builder = scann_ops_pybind.builder(shared.vectors, BEST, "dot_product")
        self.searcher = builder.set_n_training_threads(1).score_brute_force().build()
        self.build = time.perf_counter() - start
        self.bytes = shared.flat.code_size

    def search(self, probes):
        return self.searcher.search_batched(probes)[0]  # not parallel


class UsearchFlat:
    """usearch's exact search, of the vectors as they are."""
    package, exact = "usearch", True

    def __init__(self, shared):
        from usearch.index import MetricKind, search
        self.vectors, self.build, self._search = shared.vectors, 0.0, search
        self.bytes = self.vectors.itemsize * self.vectors.shape[1]
        self.metric = MetricKind.IP

    def search(self, probes):
        found = self._search(self.vectors, probes, BEST, self.metric, exact=True, threads=1)
        return found.keys.reshape(len(probes), -1).astype(np.int64)


class UsearchInt8(UsearchFlat):
    """The same search of values of 8 bits; the scale loses a value in 10,000, which costs least."""
    exact = False

    def __init__(self, shared):
        super().__init__(shared)
        start = time.perf_counter()
        sample = np.abs(shared.vectors[shared.sample(5_000)])
        self.scale = np.float32(127 / np.quantile(sample, 0.9999))
        codes = np.empty(self.vectors.shape, np.int8)
        for first in range(0, len(codes), face_data.PART):
            codes[first:first + face_data.PART] = self.code(
                self.vectors[first:first + face_data.PART])
        self.vectors, self.bytes = codes, codes.shape[1]
        self.build = time.perf_counter() - start

    def code(self, values):
        return np.clip(np.rint(values * self.scale), -127, 127).astype(np.int8)

    def search(self, probes):
        return super().search(self.code(probes))


class FaissInt8:
    """Values of 8 bits in faiss."""
    package, exact = "faiss-cpu", False

    def __init__(self, shared):
        start = time.perf_counter()
        self.index = faiss.IndexScalarQuantizer(
            shared.flat.d, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
        self.index.train(shared.vectors[shared.sample(100_000)])
        self.index.add(shared.vectors)
        self.build = time.perf_counter() - start
        self.bytes = self.index.code_size

    def search(self, probes):
        return self.index.search(probes, BEST)[1]


class FaissPQ:
    """Product quantisation of 4 bits for four values, the best hundred compared again in 32 bits."""
    package, exact = "faiss-cpu", False
    values, again = 4, 100

    def __init__(self, shared):
        start = time.perf_counter()
        d = shared.flat.d
        self.codes = faiss.IndexPQFastScan(d, d // self.values, 4, faiss.METRIC_INNER_PRODUCT)
        self.codes.train(shared.vectors[shared.sample(100_000)])
        self.codes.add(shared.vectors)
        self.index = faiss.IndexRefine(self.codes, shared.flat)
        self.index.k_factor = self.again / BEST
        self.build = time.perf_counter() - start
        self.bytes = self.codes.code_size + shared.flat.code_size

    def search(self, probes):
        return self.index.search(probes, BEST)[1]


class FaissPQFine(FaissPQ):
    """The same with 4 bits for two values."""
    values = 2


class Turbovec:
    """TurboQuant of 4 bits, the best hundred compared again in 32 bits by numpy."""
    package, exact = "turbovec", False
    again = 100

    def __init__(self, shared):
        from turbovec import TurboQuantIndex
        start = time.perf_counter()
        self.vectors = shared.vectors
        self.index = TurboQuantIndex(shared.flat.d, 4)
        self.index.calibrate(self.vectors[shared.sample(4096)])
        self.index.add(self.vectors)
        self.index.prepare()
        self.build = time.perf_counter() - start
        self.bytes = shared.flat.d // 2 + shared.flat.code_size

    def search(self, probes):
        rows = self.index.search(probes, self.again)[1]
        return ordered((self.vectors[rows] @ probes[:, :, None])[:, :, 0], rows)


class HNSW:
    """A graph; the usual 16 neighbours, 200 candidates to build and to search."""
    package, exact = "hnswlib", False
    neighbours = 16

    def __init__(self, shared):
        import hnswlib
        start = time.perf_counter()
        self.index = hnswlib.Index("ip", shared.flat.d)
        self.index.init_index(len(shared.vectors), M=self.neighbours, ef_construction=200)
        self.index.set_num_threads(1)
        self.index.add_items(shared.vectors)
        self.index.set_ef(200)
        self.build = time.perf_counter() - start
        self.bytes = shared.flat.code_size + 8 * self.neighbours

    def search(self, probes):
        return self.index.knn_query(probes, BEST)[0].astype(np.int64)


SYSTEMS = {
    "faiss-flat": FaissFlat, "faiss-flat-tuned": FaissFlatTuned, "numpy": NumpyBLAS,
    "scann": ScannBruteForce, "usearch": UsearchFlat, "usearch-int8": UsearchInt8,
    "faiss-int8": FaissInt8, "faiss-pq": FaissPQ, "faiss-pq-fine": FaissPQFine,
    "turbovec": Turbovec, "hnswlib": HNSW}


class Shared:
    """The vectors once for all systems: faiss's own copy of them."""

    def __init__(self, path):
        vectors = face_data.unit(np.load(path))
        start = time.perf_counter()
        self.flat = faiss.IndexFlatIP(vectors.shape[1])
        self.flat.add(vectors)
        self.flat_build = time.perf_counter() - start
        count = vectors.size
        shape = vectors.shape
        del vectors
        self.vectors = faiss.rev_swig_ptr(self.flat.get_xb(), count).reshape(shape)

    def sample(self, count):
        """Some rows for training, the same each time."""
        random = np.random.default_rng(1)
        return random.choice(len(self.vectors), min(count, len(self.vectors)), replace=False)


class Turns:
    """Searches one batch after the other; each turn goes on where the last one stopped."""

    def __init__(self, system, probes):
        self._system, self._probes, self._next = system, probes, {}

    def search(self, size, seconds):
        batches = [(start, np.ascontiguousarray(self._probes[start:start + size]))
                   for start in range(0, len(self._probes), size)]
        number = self._next.get(size, 0)
        rows = [[] for _ in self._probes]
        found, count = [], 0
        start = time.perf_counter()
        while True:
            first, batch = batches[number]
            found.append((first, self._system.search(batch)))
            count += len(batch)
            number = (number + 1) % len(batches)
            if (elapsed := time.perf_counter() - start) >= seconds:
                break
        self._next[size] = number
        for first, answer in found:
            rows[first:first + len(answer)] = answer.tolist()
        return {"probes": count, "seconds": elapsed, "rows": rows}


def ordered(scores, rows):
    """The rows of the best scores, best first."""
    return np.take_along_axis(rows, np.argsort(-scores, axis=1)[:, :BEST], 1)


def kernels():
    """The BLAS that each library brings along, and the kernels that it chose."""
    return {os.path.basename(os.path.dirname(library["filepath"])).removesuffix(".libs"):
            f"{library['architecture']} (OpenBLAS {library['version']})"
            for library in threadpoolctl.threadpool_info() if library["user_api"] == "blas"}


def answer(value):
    print(json.dumps(value), flush=True)


def main():
    faces, probes, *names = sys.argv[1:]
    faiss.omp_set_num_threads(1)
    shared = Shared(faces)
    probes = face_data.unit(np.load(probes))
    turns, about = {}, {}
    for name in names:
        system = SYSTEMS[name](shared)
        system.search(probes[:1])
        turns[name] = Turns(system, probes)
        about[name] = {
            "version": f"{system.package} {importlib.metadata.version(system.package)}",
            "exact": system.exact, "build": system.build, "bytes": system.bytes}
    answer({"systems": about, "kernels": kernels()})
    for line in sys.stdin:
        name, batch, seconds = line.split()
        answer(turns[name].search(int(batch), float(seconds)))


if __name__ == "__main__":
    main()
