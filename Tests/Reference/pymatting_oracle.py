#!/usr/bin/env python3
"""PyMatting's results for a picture and a trimap, for comparison.

pymatting_oracle.py FOLDER WIDTH HEIGHT reads raw float32 files of FOLDER, planes one after the other: picture (R'G'B'),
trimap (0, 0.5, 1) and alpha; and writes closed-form and knn (alphas of the trimap) and foreground (of alpha).
"""
import argparse
from pathlib import Path

import numpy
import pymatting

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=Path)
parser.add_argument("width", type=int)
parser.add_argument("height", type=int)
given = parser.parse_args()


def read(name, channels):
    planes = numpy.fromfile(given.folder / name, dtype=numpy.float32).reshape(channels, given.height, given.width)
    return planes.transpose(1, 2, 0).astype(numpy.float64)


def write(name, picture):
    planes = numpy.atleast_3d(picture).transpose(2, 0, 1)
    numpy.ascontiguousarray(planes, dtype=numpy.float32).tofile(given.folder / name)


picture, trimap, alpha = read("picture", 3), read("trimap", 1)[..., 0], read("alpha", 1)[..., 0]
write("closed-form", pymatting.estimate_alpha_cf(picture, trimap))
write("knn", pymatting.estimate_alpha_knn(picture, trimap))
write("foreground", pymatting.estimate_foreground_ml(picture, alpha))
