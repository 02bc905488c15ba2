"""Draws an invented ridge pattern as a 500 dpi PNG, to try an extractor without anybody's finger.

    ridge_pattern.py FINGER IMPRESSION OUT.png

FINGER and IMPRESSION are numbers: the first chooses the pattern, the second how it lies, and the
noise. Ridges grow out of noise under oriented filters along a field with two cores and two deltas.
Needs: pip install numpy pillow
"""

import sys

import numpy as np
from PIL import Image

HEIGHT, WIDTH = 374, 388
RIDGE = 9.0  # pixels from ridge to ridge at 500 dpi


def orientation(rows, columns, shift):
    def bearing(y, x):
        return np.arctan2(rows - y - shift[0], columns - x - shift[1])

    cores = bearing(150, 200) + bearing(190, 190)
    deltas = bearing(340, 90) + bearing(340, 310)
    return (cores - deltas) / 2


def filters(steps=32, size=10):
    y, x = np.mgrid[-size : size + 1, -size : size + 1].astype(float)
    for step in range(steps):
        angle = np.pi * step / steps
        across = y * np.cos(angle) - x * np.sin(angle)
        kernel = np.exp(-(x**2 + y**2) / 25) * np.cos(2 * np.pi * across / RIDGE)
        yield step, np.roll(
            np.pad(kernel - kernel.mean(), ((0, HEIGHT - 2 * size - 1), (0, WIDTH - 2 * size - 1))),
            (-size, -size),
            (0, 1),
        )


def ridges(finger):
    random = np.random.default_rng(finger)
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(float)
    field = orientation(rows, columns, random.uniform(-25, 25, size=2))
    index = np.round(field / np.pi * 32).astype(int) % 32
    image = random.normal(size=(HEIGHT, WIDTH))
    for _ in range(6):
        spectrum = np.fft.rfft2(image)
        grown = np.zeros_like(image)
        for step, kernel in filters():
            filtered = np.fft.irfft2(spectrum * np.fft.rfft2(kernel), image.shape)
            grown = np.where(index == step, filtered, grown)
        image = np.tanh(grown / grown.std() * 2)
    return image


def main(finger, impression, out):
    random = np.random.default_rng([finger, impression])
    print_ = Image.fromarray((128 - 100 * ridges(finger)).astype(np.uint8))
    turn, shift = random.uniform(-12, 12), tuple(random.uniform(-15, 15, size=2))
    print_ = print_.rotate(turn, Image.Resampling.BICUBIC, translate=shift, fillcolor=128)
    gray = np.asarray(print_) + random.normal(scale=12, size=(HEIGHT, WIDTH))
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(float)
    outside = ((rows - 187) / 170) ** 2 + ((columns - 194) / 140) ** 2 > 1
    gray[outside] = 235 + random.normal(scale=4, size=outside.sum())
    Image.fromarray(gray.clip(0, 255).astype(np.uint8)).save(out, dpi=(500, 500))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
