"""Finds minutiae in fingerprint images with NIST's mindtct and writes them as templates.

    extract_templates.py IMAGE ...          writes IMAGE.iso, an ISO/IEC 19794-2:2005 record
    extract_templates.py --xyt IMAGE ...    writes IMAGE.xyt, the text format of NBIS

Images are 8-bit grey at 500 dpi in any format that nbis-py reads, PNG for example.
Needs: pip install nbis-py pillow
"""

import pathlib
import struct
import sys

import nbis
from PIL import Image

PIXELS_PER_CM = 197  # 500 dpi
KINDS = {nbis.MinutiaKind.RIDGE_ENDING: 1, nbis.MinutiaKind.BIFURCATION: 2}


def quality(minutia):
    """mindtct's reliability 0...1 as the record's quality 1...100; 0 would mean "not reported"."""
    return max(1, min(100, round(100 * minutia.reliability())))


def iso_2005(minutiae, width, height):
    """One view of an unknown finger, live-scanned and plain, without extended data."""
    minutiae = minutiae[:255]  # the view counts its minutiae in one byte
    body = b"".join(
        struct.pack(
            ">HHBB",
            KINDS[m.kind()] << 14 | m.x(),
            m.y(),
            round(m.angle() * 256 / 360) % 256,
            quality(m),
        )
        for m in minutiae
    )
    view = struct.pack(">BBBB", 0, 0, 0, len(minutiae)) + body + struct.pack(">H", 0)
    header = struct.pack(
        ">4s4sIHHHHHBB",
        b"FMR\0", b" 20\0", 24 + len(view), 0, width, height, PIXELS_PER_CM, PIXELS_PER_CM, 1, 0,
    )
    return header + view


def xyt(minutiae, height):
    """NBIS counts y from the bottom edge and turns the direction by 180 degrees."""
    lines = (
        f"{m.x()} {height - m.y()} {round(m.angle() + 180) % 360} {quality(m)}\n" for m in minutiae
    )
    return "".join(lines).encode()


def main(arguments):
    as_xyt = "--xyt" in arguments
    images = [pathlib.Path(a) for a in arguments if a != "--xyt"]
    if not images:
        raise SystemExit(__doc__)
    extractor = nbis.new_nbis_extractor(
        nbis.NbisExtractorSettings(
            min_quality=0.0, get_center=False, check_fingerprint=False, compute_nfiq2=False, ppi=None
        )
    )
    for image in images:
        minutiae = extractor.extract_minutiae_from_image_file(str(image)).get()
        width, height = Image.open(image).size
        data = xyt(minutiae, height) if as_xyt else iso_2005(minutiae, width, height)
        target = image.with_suffix(".xyt" if as_xyt else ".iso")
        target.write_bytes(data)
        print(f"{target}: {len(minutiae)} minutiae, image {width} x {height}")


if __name__ == "__main__":
    main(sys.argv[1:])
