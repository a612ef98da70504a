"""Light on drawn things: a body seen from in front becomes rounded, lit and of a material."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

Field = NDArray[np.float32]
ROUND = 15.0  # pixels from an edge until the surface is flat
SUN = np.array([-0.50, -0.62, 0.60], np.float32)  # from the upper left, towards us
SUN /= np.linalg.norm(SUN)
HALF = SUN + np.array([0, 0, 1], np.float32)
HALF /= np.linalg.norm(HALF)


class Surface(NamedTuple):
    """gloss: share of white in the highlight; tight: how small it is; grain: how much the
    texture darkens and lightens."""

    gloss: float
    tight: float
    grain: float


SURFACES: Mapping[str, Surface] = {
    "wood": Surface(0.16, 14, 0.13),
    "cloth": Surface(0.03, 4, 0.10),
    "glaze": Surface(0.55, 40, 0.02),
    "metal": Surface(0.60, 22, 0.05),
    "paper": Surface(0.08, 8, 0.04),
    "plastic": Surface(0.30, 26, 0.02),
}


def shaded(colours: Field, body: Field, grooves: Field, material: str, seed: int) -> Field:
    """The body's colours (height, width, 3; 0 to 1) as the light from the upper left shows
    them. body, grooves: 0 to 1."""
    surface = SURFACES[material]
    normal_x, normal_y, normal_z = _normals(_height(body, grooves))
    diffuse = np.clip(normal_x * SUN[0] + normal_y * SUN[1] + normal_z * SUN[2], 0, 1)
    bright = (0.46 + 0.68 * diffuse) * _falling_off(body.shape)
    bright *= 1 + surface.grain * texture(material, body.shape, seed)
    bright *= 1 - 0.55 * grooves
    half = np.clip(normal_x * HALF[0] + normal_y * HALF[1] + normal_z * HALF[2], 0, 1)
    # The flat front mirrors no lamp; only what bends towards it does.
    shine = surface.gloss * np.clip(half**surface.tight - HALF[2] ** surface.tight, 0, 1)
    warm = np.array([1.0, 0.985, 0.95], np.float32)
    lit = colours * bright[..., None] * warm
    seen: Field = np.clip(lit + shine[..., None] * (1.05 - lit), 0, 1).astype(np.float32)
    return seen


def _height(body: Field, grooves: Field) -> Field:
    """As if every field between lines were a cushion: a quarter of a circle from its edge.
    Found at half the size: the surface is smooth anyway."""
    solid = ((body > 0.5) & (grooves < 0.5))[::2, ::2]
    far = np.minimum(ndimage.distance_transform_edt(solid) * 2, ROUND) / ROUND
    height = (np.sqrt(1 - (1 - far) ** 2) * ROUND * 0.55).astype(np.float32)
    small = Image.fromarray(ndimage.gaussian_filter(height, 1.0))
    large = small.resize((body.shape[1], body.shape[0]), Image.Resampling.BICUBIC)
    return np.asarray(large, np.float32)


def _normals(height: Field) -> tuple[Field, Field, Field]:
    down, right = np.gradient(height)
    up: Field = (1 / np.sqrt(down**2 + right**2 + 1)).astype(np.float32)
    return (-right * up).astype(np.float32), (-down * up).astype(np.float32), up


def _falling_off(shape: tuple[int, ...]) -> Field:
    """The lamp stands at the upper left: what is far from it gets less."""
    down, right = np.mgrid[0 : shape[0], 0 : shape[1]]
    far = down / shape[0] * 0.6 + right / shape[1] * 0.4
    light: Field = (1.07 - 0.20 * far).astype(np.float32)
    return light


def texture(material: str, shape: tuple[int, ...], seed: int) -> Field:
    """Grain between about -1 and 1: years of wood, threads of cloth, brushed metal."""
    chance = np.random.default_rng(seed)
    if material == "wood":
        return _noise(chance, shape, (4, 160)) * 0.6 + _noise(chance, shape, (1, 48)) * 0.35
    if material == "cloth":
        return _threads(shape) + _noise(chance, shape, (14, 14)) * 0.4
    if material == "metal":
        return _noise(chance, shape, (1, 80)) * 0.5
    return _noise(chance, shape, (3, 3)) * 0.5


def _noise(chance: np.random.Generator, shape: tuple[int, ...], grain: tuple[int, int]) -> Field:
    """Smooth noise whose spots are so many pixels high and wide."""
    rough = chance.standard_normal([size // of + 2 for size, of in zip(shape, grain, strict=True)])
    image = Image.fromarray(rough.astype(np.float32))
    return np.asarray(image.resize((shape[1], shape[0]), Image.Resampling.BICUBIC), np.float32)


def _threads(shape: tuple[int, ...]) -> Field:
    down, right = np.mgrid[0 : shape[0], 0 : shape[1]]
    threads: Field = ((np.sin(down * 1.9) + np.sin(right * 1.9)) * 0.35).astype(np.float32)
    return threads
