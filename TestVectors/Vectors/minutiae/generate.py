#!/usr/bin/env python3
"""Writes the golden minutiae records of this directory, and the values they hold.

The layouts are written down here a second time, independently of the library, so that a mistake in
its reader cannot hide behind the same mistake in its writer. Standard library only; run it here.
"""

import json
import struct

TURN = 11520  # units of MinutiaAngle in a full turn


def angle(steps, per):
    return {"units": steps * (TURN // per)}


def minutia(kind, x, y, steps, per, quality=None, failed=False):
    value = {"kind": kind, "x": x, "y": y, "angle": angle(steps, per), "qualityFailed": failed}
    if quality is not None:
        value["quality"] = quality
    return value


def view(position, number, impression, width, height, res_x, res_y, minutiae, **more):
    value = {
        "position": position, "viewNumber": number, "impressionType": impression,
        "width": width, "height": height, "resolutionX": res_x, "resolutionY": res_y,
        "minutiae": minutiae, "qualityFailed": False, "furtherQualities": [],
        "device": {"technology": 0, "vendor": 0, "model": 0, "compliance": 0, "certifications": []},
        "extendedData": [],
    }
    value.update(more)
    return value


# Kind, x, y, direction in steps, quality: two views of a made-up person.
FIRST = [(1, 11, 22, 3, 90), (2, 133, 44, 100, 55), (0, 255, 299, 179, 1), (1, 0, 0, 0, None)]
SECOND = [(2, 200, 150, 45, 100), (1, 64, 128, 90, 7)]


def minutia_bytes(kind, x, y, steps, quality=None):
    out = struct.pack(">HHB", kind << 14 | x, y, steps)
    return out if quality is None else out + bytes([quality])


def areas(*pairs):
    body = b"".join(struct.pack(">HH", kind, len(data) + 4) + data for kind, data in pairs)
    return struct.pack(">H", len(body)) + body


RIDGE = bytes([1, 1, 2, 5, 2, 3, 11])
RIDGE_VALUE = {"ridgeCounts": {"method": 1, "edges": [
    {"from": 1, "to": 2, "count": 5}, {"from": 2, "to": 3, "count": 11}]}}
VENDOR = bytes([0xDE, 0xAD, 0xBE])
VENDOR_VALUE = {"raw": {"type": 0x0A01, "data": list(VENDOR)}}


def points_value(per):
    return {"singularPoints": {
        "cores": [{"x": 100, "y": 120, "angle": angle(30, per)}],
        "deltas": [{"x": 40, "y": 250}, {"x": 210, "y": 260}],
    }}


POINTS_ISO = struct.pack(">BHHBBHHHH", 1, 0x4000 | 100, 120, 30, 2, 40, 250, 210, 260)
POINTS_ANSI = struct.pack(">BHHBBHHHH", 0x41, 100, 120, 30, 2, 40, 250, 210, 260)
# 256 by 300 pixels in zones of 128 by 100: 2 columns, 3 rows, 4 bits each.
ZONES = [1, 15, 2, 14, 3, 13]
ZONE_BYTES = bytes([128, 100, 4, 0x1F, 0x2E, 0x3D])


def zones_value(source=None):
    value = {"zoneWidth": 128, "zoneHeight": 100, "bitsPerZone": 4, "zones": ZONES}
    if source:
        value["source"] = source
    return {"zonalQuality": value}


def old(ansi):
    """ISO/IEC 19794-2:2005 and ANSI/INCITS 378-2004."""
    per = 180 if ansi else 256
    points = POINTS_ANSI if ansi else POINTS_ISO
    body = struct.pack(">H", 0x8ABC)  # compliance 1000, device 0xABC
    body += struct.pack(">HHHH", 256, 300, 197, 198) + bytes([2, 0])
    body += bytes([7, 0x00, 66, len(FIRST)])
    body += b"".join(minutia_bytes(k, x, y, a, q or 0) for k, x, y, a, q in FIRST)
    first_areas = [(1, RIDGE), (2, points)] + ([] if ansi else [(3, ZONE_BYTES)])
    body += areas(*first_areas)
    body += bytes([2, 0x18, 100, len(SECOND)])
    body += b"".join(minutia_bytes(k, x, y, a, q) for k, x, y, a, q in SECOND)
    body += areas((0x0A01, VENDOR))
    head = b"FMR\0 20\0"
    if ansi:
        body = struct.pack(">HH", 0x0042, 0x0011) + body
        data = head + struct.pack(">H", len(head) + 2 + len(body)) + body
    else:
        data = head + struct.pack(">I", len(head) + 4 + len(body)) + body
    device = {"technology": 0, "vendor": 0, "model": 0xABC, "compliance": 0x80, "certifications": []}
    extended = [RIDGE_VALUE, points_value(per)] + ([] if ansi else [zones_value()])
    record = {"views": [
        view(7, 0, 0, 256, 300, 197, 198,
             [minutia(k, x, y, a, per, q) for k, x, y, a, q in FIRST],
             quality=66, device=device, extendedData=extended),
        view(2, 1, 8, 256, 300, 197, 198,
             [minutia(k, x, y, a, per, q) for k, x, y, a, q in SECOND],
             quality=100, device=device, extendedData=[VENDOR_VALUE]),
    ]}
    if ansi:
        record["product"] = {"owner": 0x42, "type": 0x11}
    return data, record


def ansi2009(version):
    """ANSI/INCITS 378-2009 and Amendment 1."""
    second_position = 13 if version == b"035" else 2
    body = struct.pack(">HHBHBB", 0x42, 0x11, 0x80, 0xBEEF, 2, 0)
    body += bytes([7, 0, 20, 66]) + struct.pack(">HHHHHH", 0x12, 0x34, 256, 300, 197, 198)
    body += bytes([len(FIRST)])
    body += b"".join(minutia_bytes(k, x, y, a, 254 if q is None else q) for k, x, y, a, q in FIRST)
    body += areas((1, RIDGE), (2, POINTS_ANSI))
    body += bytes([second_position, 15, 29, 255]) + struct.pack(">HHHHHH", 0, 0, 500, 400, 394, 394)
    body += bytes([len(SECOND)])
    body += b"".join(minutia_bytes(k, x, y, a, 255) for k, x, y, a, _ in SECOND)
    body += areas((0x0A01, VENDOR))
    head = b"FMR\0" + version + b"\0"
    data = head + struct.pack(">I", len(head) + 4 + len(body)) + body
    device = {"technology": 0, "vendor": 0, "model": 0xBEEF, "compliance": 0x80,
              "certifications": []}
    record = {"product": {"owner": 0x42, "type": 0x11}, "views": [
        view(7, 0, 20, 256, 300, 197, 198,
             [minutia(k, x, y, a, 180, q) for k, x, y, a, q in FIRST],
             quality=66, qualitySource={"vendor": 0x12, "algorithm": 0x34}, device=device,
             extendedData=[RIDGE_VALUE, points_value(180)]),
        view(second_position, 15, 29, 500, 400, 394, 394,
             [minutia(k, x, y, a, 180, failed=True) for k, x, y, a, _ in SECOND],
             qualityFailed=True, device=device, extendedData=[VENDOR_VALUE]),
    ]}
    return data, record


def iso2011():
    """ISO/IEC 19794-2:2011, the second representation with minutiae of five bytes."""
    first = struct.pack(">HBBBBBH", 2024, 2, 29, 23, 59, 58, 999)
    first += struct.pack(">BHH", 14, 0x1111, 0x2222)
    first += bytes([2]) + struct.pack(">BHHBHH", 66, 0x12, 0x34, 255, 0x56, 0x78)
    first += bytes([1]) + struct.pack(">HB", 0x9999, 2)
    first += struct.pack(">BBHHBHHBB", 7, 0, 197, 198, 24, 256, 300, 0x61, len(FIRST))
    first += b"".join(minutia_bytes(k, x, y, a, 254 if q is None else q) for k, x, y, a, q in FIRST)
    first += areas((1, RIDGE), (2, POINTS_ISO), (3, struct.pack(">HH", 0x77, 0x88) + ZONE_BYTES))
    second = struct.pack(">HBBBBBH", 2023, 255, 255, 255, 255, 255, 65535)
    second += struct.pack(">BHH", 0, 0, 0) + bytes([0]) + bytes([0])
    second += struct.pack(">BBHHBHHBB", 48, 1, 394, 394, 4, 500, 400, 0x50, len(SECOND))
    second += b"".join(minutia_bytes(k, x, y, a) for k, x, y, a, _ in SECOND)
    second += areas((0x0A01, VENDOR))
    body = b"".join(struct.pack(">I", len(r) + 4) + r for r in (first, second))
    data = b"FMR\x00030\0" + struct.pack(">IHB", 15 + len(body), 2, 1) + body
    record = {"views": [
        view(7, 0, 24, 256, 300, 197, 198,
             [minutia(k, x, y, a, 256, q) for k, x, y, a, q in FIRST],
             quality=66, qualitySource={"vendor": 0x12, "algorithm": 0x34},
             furtherQualities=[{"source": {"vendor": 0x56, "algorithm": 0x78}}],
             device={"technology": 14, "vendor": 0x1111, "model": 0x2222, "compliance": 0,
                     "certifications": [{"authority": 0x9999, "scheme": 2}]},
             captureTime={"year": 2024, "month": 2, "day": 29, "hour": 23, "minute": 59,
                          "second": 58, "millisecond": 999},
             ridgeEndingType=1,
             extendedData=[RIDGE_VALUE, points_value(256),
                           zones_value({"vendor": 0x77, "algorithm": 0x88})]),
        view(48, 1, 4, 500, 400, 394, 394,
             [minutia(k, x, y, a, 256) for k, x, y, a, _ in SECOND],
             captureTime={"year": 2023}, ridgeEndingType=0, extendedData=[VENDOR_VALUE]),
    ]}
    return data, record


def card_normal():
    """In 0.01 mm; read at 197 px/cm, 1,000 units are 197 pixels."""
    data = minutia_bytes(1, 1000, 503, 64) + minutia_bytes(2, 1269, 1518, 255)
    return data, {"views": [view(3, 0, 0, 256, 300, 197, 197, [
        minutia(1, 197, 99, 64, 256), minutia(2, 250, 299, 255, 256)])]}


def card_compact():
    """In 0.1 mm; read at 197 px/cm, 100 units are 197 pixels."""
    data = bytes([100, 50, 1 << 6 | 16, 127, 151, 2 << 6 | 63])
    return data, {"views": [view(3, 0, 0, 256, 300, 197, 197, [
        minutia(1, 197, 99, 16, 64), minutia(2, 250, 297, 63, 64)])]}


def xyt():
    """y counts up from the bottom of 300 rows, theta is turned by 180 degrees."""
    data = b"11 278 180 90\n250 1 270 0\n0 300 0\n"
    return data, {"views": [view(3, 0, 0, 256, 300, 197, 197, [
        minutia(0, 11, 22, 0, 360, 90), minutia(0, 250, 299, 90, 360, 0),
        minutia(0, 0, 0, 180, 360)])]}


def ambiguous():
    """One representation of ISO/IEC 19794-2:2011 that is also one view of ANSI/INCITS 378-2009.

    Both readings meet every rule. Read as ANSI, the view has no minutiae, and an area of vendor data
    covers the minutiae of the ISO reading.
    """
    count = 18  # minutiae of the ISO reading
    rest = 9 + 5 * count  # length of the ANSI view's extended data block
    data = b"FMR\x00030\0" + struct.pack(">I", 40 + rest)
    data += struct.pack(">HBI", 1, 0, 25 + rest)  # ANSI: owner 1, type 0, compliance 0, device
    data += struct.pack(">H", 256)  # ISO: year 256. ANSI: 1 view, reserved byte
    data += bytes([1, 2, 0, 40])  # month, day, hour, minute. position, number, impression, quality
    data += bytes([30]) + struct.pack(">H", 500)  # second, millisecond. quality vendor, algorithm
    data += bytes([7])  # device technology. end of the algorithm
    data += struct.pack(">HH", 300, 400)  # device vendor and type. width and height
    data += bytes([0, 45])  # no quality blocks, position. horizontal resolution of 45 px/cm
    data += bytes([0]) + struct.pack(">H", 256)  # number, resolution. resolution of 1 px/cm, count 0
    data += struct.pack(">H", rest)  # vertical resolution. length of the extended data block
    data += bytes([0]) + struct.pack(">HH", 0x0400, rest << 8)  # impression, size. type, length
    data += bytes([0x50, count])
    for index in range(count):
        data += minutia_bytes(1 + index % 2, 10 + 30 * index, 20 + 30 * index, 30 + index)
    data += struct.pack(">H", 0)
    return data


def main():
    index = []
    context = {"width": 256, "height": 300, "resolution": 197, "position": 3}
    files = [
        ("iso-2005", "fmr", old(False), None), ("ansi-2004", "fmr", old(True), None),
        ("ansi-2009", "fmr", ansi2009(b"030"), None),
        ("ansi-2009-am1", "fmr", ansi2009(b"035"), None), ("iso-2011", "fmr", iso2011(), None),
        ("iso-2005-card-normal", "bin", card_normal(), context),
        ("iso-2005-card-compact", "bin", card_compact(), context), ("xyt", "xyt", xyt(), context),
    ]
    for name, suffix, (data, record), needs in files:
        with open(f"{name}.{suffix}", "wb") as file:
            file.write(data)
        entry = {"file": f"minutiae/{name}.{suffix}", "format": name, "record": record}
        if needs:
            entry["context"] = needs
        index.append(entry)
    with open("ambiguous-030.fmr", "wb") as file:
        file.write(ambiguous())
    with open("records.json", "w") as file:
        json.dump(index, file, indent=1, sort_keys=True)
        file.write("\n")


if __name__ == "__main__":
    main()
