"""Turns aligned face images into vectors with a model in ONNX format.

    embed_faces.py MODEL.onnx OUT.npy IMAGE... [--size 112] [--bgr]

Images must show one face each, cropped and aligned as the model was trained with (for models of the ArcFace
kind: eyes level, 112 x 112 pixels). Values are brought to -1...1. Writes one row an image, in the order given.
"""

import argparse

import numpy as np
import onnxruntime
from PIL import Image

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("model")
parser.add_argument("out")
parser.add_argument("images", nargs="+")
parser.add_argument("--size", type=int, default=112)
parser.add_argument("--bgr", action="store_true", help="the model expects blue first")
options = parser.parse_args()

session = onnxruntime.InferenceSession(options.model, providers=["CPUExecutionProvider"])
name = session.get_inputs()[0].name
rows = []
for path in options.images:
    image = Image.open(path).convert("RGB").resize((options.size, options.size))
    pixels = np.asarray(image, dtype=np.float32)
    if options.bgr:
        pixels = pixels[:, :, ::-1]
    planes = ((pixels - 127.5) / 127.5).transpose(2, 0, 1)[np.newaxis]
    rows.append(session.run(None, {name: np.ascontiguousarray(planes)})[0].reshape(-1))
vectors = np.stack(rows).astype(np.float32)
np.save(options.out, vectors)
print(f"{options.out}: {vectors.shape[0]} vectors of {vectors.shape[1]} values")
