"""Two ways to NBIS's bozorth3 in the package nbis-py: through the package, and around it.

Both matchers have `template(records.Template)`, `prepare(template)` for a probe and
`score(prepared, template)`. README.md says how they differ and why both are here.
"""
import ctypes
import struct
import subprocess
from pathlib import Path

import nbis

LIMIT = 200  # the length of bozorth3's arrays


class Package:
    """The package as it comes: `load_iso_19794_2_2005` and `compare`.

    It hands bozorth3 the minutiae in the record's order, angles in steps of 11.25 degrees.
    """

    name = "nbis-py"

    def __init__(self):
        self._extractor = nbis.new_nbis_extractor(nbis.NbisExtractorSettings(
            min_quality=0.0, get_center=False, check_fingerprint=False, compute_nfiq2=False,
            ppi=None))

    def template(self, template):
        """Loads the minutiae from the layout that this version of the package reads.

        That layout is its own: two bytes shorter than the standard's header, with the number of
        minutiae at byte 25. From a record by the standard the package reads no minutiae.
        """
        minutiae = b"".join(
            struct.pack(">HHBB", m.kind << 14 | m.x, m.y, m.angle, m.quality)
            for m in template.minutiae)
        header = struct.pack(
            ">8sIHHH7xB", b"FMR\0 20\0", 26 + len(minutiae), 0, template.width, template.height,
            len(template.minutiae))
        # A record without minutiae is too short for the package; bozorth3 would give it 0.
        return self._extractor.load_iso_19794_2_2005(header + minutiae) if minutiae else None

    def prepare(self, template):
        return template

    def score(self, probe, reference):
        return probe.compare(reference) if probe and reference else 0


class Minutiae(ctypes.Structure):
    """What bozorth3 compares: y upward, angles in degrees of -179...180."""

    _fields_ = [(name, ctypes.c_int) for name in ("count",)] + [
        (name, ctypes.c_int * LIMIT) for name in ("x", "y", "angle")]


class Library:
    """The C functions in the package's library, fed as NBIS's own program feeds them.

    That is with the best minutiae by quality, in order of x, which the algorithm relies on.
    """

    name = "bozorth3"
    minutiae = 150  # the program's default: the best by quality
    least = 10  # prints with fewer score 0; the package sets 15

    def __init__(self):
        symbols, base = _symbols()

        def function(name, *arguments):
            return ctypes.CFUNCTYPE(ctypes.c_int, *arguments)(base + symbols[name])

        pointer = ctypes.POINTER(Minutiae)
        self._probe = function("bozorth_probe_init", pointer)
        self._reference = function("bozorth_gallery_init", pointer)
        self._match = function("bz_match", ctypes.c_int, ctypes.c_int)
        self._score = function("bz_match_score", ctypes.c_int, pointer, pointer)
        self._least = ctypes.c_int.from_address(base + symbols["min_computable_minutiae"])
        # Where its warnings go; without it a warning would be the end of the process.
        errors = ctypes.c_void_p.in_dll(ctypes.CDLL(None), "stderr")
        ctypes.c_void_p.from_address(base + symbols["errorfp"]).value = errors.value

    def template(self, template):
        best = sorted(template.minutiae, key=lambda m: -m.quality)[:self.minutiae]
        placed = sorted((m.x, template.height - m.y, _degrees(m.angle)) for m in best)
        result = Minutiae(count=len(placed))
        for index, (x, y, angle) in enumerate(placed):
            result.x[index], result.y[index], result.angle[index] = x, y, angle
        return result

    def prepare(self, template):
        """Makes this the probe until the next call: bozorth3 keeps it in global variables."""
        return template, self._probe(template)

    def score(self, probe, reference):
        template, edges = probe
        before, self._least.value = self._least.value, self.least
        pairs = self._match(edges, self._reference(reference))
        score = self._score(pairs, template, reference)
        self._least.value = before
        return score


def _degrees(angle):
    """NBIS's direction of a minutia is opposite to that of ISO/IEC 19794-2."""
    degrees = (int(angle * 360 / 256 + 0.5) + 180) % 360
    return degrees - 360 if degrees > 180 else degrees


def _symbols():
    """Offsets of what the library holds, exported or not, and the address it was loaded at."""
    path = next(Path(nbis.__file__).parent.glob("lib*nbis.so"))
    table = subprocess.run(["nm", path], check=True, capture_output=True, text=True).stdout
    fields = (line.split() for line in table.splitlines())
    symbols = {f[2]: int(f[0], 16) for f in fields if len(f) == 3}
    exported = "ffi_nbis_rustbuffer_alloc"
    loaded = ctypes.cast(ctypes.CDLL(str(path))[exported], ctypes.c_void_p).value
    return symbols, loaded - symbols[exported]
