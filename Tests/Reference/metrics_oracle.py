#!/usr/bin/env python3
"""Measures mattes against true ones by the formulas of the papers, frame by frame, in plain numpy.

The tests compare the program's metrics with what this prints. It shares no code with the program: convolutions are sums
of shifted pictures, regions are found by flooding.

usage: metrics_oracle.py FOLDER     (with predicted.f32, true.f32: float32, native byte order, N × H × W, 0…1;
                                     fgr-predicted.f32, fgr-true.f32: N × 3 × H × W; trimap.f32: H × W; the last three
                                     may be missing; and shape.json: {"frames": N, "width": W, "height": H})

Prints JSON: a list with one object for each frame. Scaled as in the paper of RVM (arXiv:2108.11515): MAD and MSE ×10³,
Grad, Conn and SAD ÷10³, dtSSD ×10², the foreground's MSE ×10³.
"""
import json
import math
import os
import sys
from collections import deque

import numpy as np

SIGMA = 1.4  # of the gradient's Gaussian
STEP, THETA = 0.1, 0.15  # of connectivity


def gradient_kernel():
    """The derivative of a Gaussian along x, sampled, of unit energy; its half width is where the Gaussian is 0.01."""
    reach = math.ceil(SIGMA * math.sqrt(-2 * math.log(math.sqrt(2 * math.pi) * SIGMA * 0.01)))
    y, x = np.mgrid[-reach:reach + 1, -reach:reach + 1].astype(np.float64)
    kernel = -x * np.exp(-(x * x + y * y) / (2 * SIGMA**2))
    return kernel / np.sqrt((kernel**2).sum())


def correlate(picture, kernel):
    reach = kernel.shape[0] // 2
    padded = np.pad(picture, reach, mode="edge")
    height, width = picture.shape
    return sum(
        kernel[j, i] * padded[j:j + height, i:i + width]
        for j in range(kernel.shape[0]) for i in range(kernel.shape[1]))


def slope(alpha):
    low, high = alpha.min(), alpha.max()
    alpha = (alpha - low) / (high - low) if high > low else np.zeros_like(alpha)
    kernel = gradient_kernel()
    return np.hypot(correlate(alpha, kernel), correlate(alpha, kernel.T))


def largest_region(mask):
    """The largest 4-connected region; of equal ones the first in reading order."""
    seen = np.zeros_like(mask)
    best = []
    for start in zip(*np.nonzero(mask)):
        if seen[start]:
            continue
        seen[start] = True
        region, queue = [start], deque([start])
        while queue:
            y, x = queue.popleft()
            for place in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                if 0 <= place[0] < mask.shape[0] and 0 <= place[1] < mask.shape[1] and mask[place] and not seen[place]:
                    seen[place] = True
                    region.append(place)
                    queue.append(place)
        if len(region) > len(best):
            best = region
    result = np.zeros_like(mask)
    for place in best:
        result[place] = True
    return result


def looseness(alpha, level):
    distance = alpha - level
    return np.where(distance >= THETA, distance, 0)


def connectivity(predicted, true):
    level = np.full(true.shape, np.nan)
    for index in range(1, round(1 / STEP) + 1):
        omega = largest_region((predicted >= index * STEP) & (true >= index * STEP))
        level[np.isnan(level) & ~omega] = (index - 1) * STEP
    level[np.isnan(level)] = 1
    return np.abs(looseness(predicted, level) - looseness(true, level))


def main():
    folder = sys.argv[1]
    shape = json.load(open(os.path.join(folder, "shape.json")))
    frames, height, width = shape["frames"], shape["height"], shape["width"]

    def floats(name, *dimensions):
        path = os.path.join(folder, name + ".f32")
        if not os.path.exists(path):
            return None
        return np.fromfile(path, np.float32).astype(np.float64).reshape(dimensions)

    predicted, true = (floats(name, frames, height, width) for name in ("predicted", "true"))
    colours = [floats(name, frames, 3, height, width) for name in ("fgr-predicted", "fgr-true")]
    trimap = floats("trimap", height, width)
    region = np.ones((height, width), bool) if trimap is None else np.abs(trimap - 0.5) < 0.25
    rows, before = [], None
    for index in range(frames):
        p, t = predicted[index], true[index]
        error = p - t
        row = {
            "mad": np.abs(error)[region].mean() * 1e3,
            "mse": (error**2)[region].mean() * 1e3,
            "grad": ((slope(p) - slope(t))**2)[region].sum() / 1e3,
            "conn": connectivity(p, t)[region].sum() / 1e3,
            "dtssd": 0.0 if before is None else math.sqrt(((error - before)**2)[region].mean()) * 1e2,
            "sad": np.abs(error)[region].sum() / 1e3,
        }
        if colours[0] is not None:
            subject = region & (t > 0)
            row["fgmse"] = ((colours[0][index] - colours[1][index])**2)[:, subject].mean() * 1e3
        rows.append({name: float(value) for name, value in row.items()})
        before = error
    print(json.dumps(rows))


main()
