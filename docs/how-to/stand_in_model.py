"""Writes a stand-in for a face model, and images to try it on: random weights, nobody's face.

    stand_in_model.py MODEL.onnx
"""

import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

random = np.random.default_rng(1)
weights = random.standard_normal((3 * 28 * 28, 128)).astype(np.float32)
graph = helper.make_graph(
    [
        helper.make_node("AveragePool", ["face"], ["small"], kernel_shape=[4, 4], strides=[4, 4]),
        helper.make_node("Flatten", ["small"], ["flat"]),
        helper.make_node("MatMul", ["flat", "weights"], ["vector"]),
    ],
    "stand-in",
    [helper.make_tensor_value_info("face", TensorProto.FLOAT, [1, 3, 112, 112])],
    [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, 128])],
    [numpy_helper.from_array(weights, "weights")],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
onnx.save(model, sys.argv[1])
for person in (1, 2):
    base = random.integers(40, 216, (14, 14, 3))
    for image in "ab":
        noisy = (base + random.integers(-20, 21, base.shape)).clip(0, 255).astype(np.uint8)
        Image.fromarray(noisy).resize((112, 112), Image.BICUBIC).save(f"{person}{image}.png")
