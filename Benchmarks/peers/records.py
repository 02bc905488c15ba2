"""Minutiae of ISO/IEC 19794-2:2005 records: just enough to hand templates to other matchers."""
import struct
from typing import NamedTuple

HEADER, VIEW_HEADER, MINUTIA = 24, 4, 6


class Minutia(NamedTuple):
    kind: int  # 0 other, 1 ending, 2 bifurcation
    x: int
    y: int  # downward
    angle: int  # 256 steps a turn, counterclockwise from the x axis
    quality: int


class Template(NamedTuple):
    width: int
    height: int
    minutiae: list  # of the first view


def read(path):
    """The template in a file, None where it is missing or is no such record."""
    try:
        with open(path, "rb") as file:
            record = file.read()
    except OSError:
        return None
    if len(record) < HEADER + VIEW_HEADER or record[:8] != b"FMR\0 20\0" or record[22] < 1:
        return None
    (length,) = struct.unpack_from(">I", record, 8)
    width, height = struct.unpack_from(">HH", record, 14)
    count = record[HEADER + 3]
    first = HEADER + VIEW_HEADER
    if length != len(record) or length < first + count * MINUTIA:
        return None
    minutiae = []
    for index in range(count):
        x, y, angle, quality = struct.unpack_from(">HHBB", record, first + index * MINUTIA)
        minutiae.append(Minutia(x >> 14, x & 0x3FFF, y & 0x3FFF, angle, quality))
    return Template(width, height, minutiae)
