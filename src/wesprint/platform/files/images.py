"""Photos of strangers: recognised by their content, decoded within limits, encoded anew.

What leaves here was drawn by ourselves from pixels: place, device, previews and everything
else that came along in the file is gone.
"""

from __future__ import annotations

import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from wesprint.kernel.errors import Invalid

register_heif_opener()

SIZES = (320, 960, 1920)
MAX_BYTES = 15 * 1024 * 1024
MAX_SIDE = 20_000
# Baseline JPEG is shrunk while it is decoded; everything else needs 4 to 6 bytes a pixel.
MAX_PIXELS_SHRINKING = 120_000_000
MAX_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
QUALITY = 80
MIME = "image/webp"

_DECODERS_RAISE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    ArithmeticError,
    LookupError,
    RuntimeError,
    struct.error,
    zlib.error,
)

# One photo at a time and process: four at once would need four times the memory.
_one_at_a_time = threading.Semaphore(1)


def too_large() -> Invalid:
    return Invalid(
        _("This photo is larger than 15 MB."),
        kept=_("The photo was not saved; what you typed is kept."),
        next=_("Please choose a smaller one, or take it with a lower resolution."),
        field="photo",
        code="photo-too-large",
    )


def too_many_pixels() -> Invalid:
    return Invalid(
        _("This picture has too many pixels."),
        kept=_("The photo was not saved; what you typed is kept."),
        next=_("Please take a photo of the thing itself with your phone."),
        field="photo",
        code="photo-too-many-pixels",
    )


def not_a_photo() -> Invalid:
    return Invalid(
        _("This file is not a photo that the house can read."),
        kept=_("The file was not saved; what you typed is kept."),
        next=_("Please choose a photo: JPEG, PNG, WebP or HEIC."),
        field="photo",
        code="photo-unknown",
    )


def broken() -> Invalid:
    return Invalid(
        _("This photo is damaged or did not arrive completely."),
        kept=_("The photo was not saved; what you typed is kept."),
        next=_("Please send it again, or take a new one."),
        field="photo",
        code="photo-broken",
    )


def renditions(source: IO[bytes]) -> tuple[tuple[int, int], dict[int, bytes]]:
    """The photo's extent, and it as WebP by longest side; never larger than it came.

    Raises Invalid for anything that is not a whole photo within the limits.
    """
    with _one_at_a_time, _problems_told():
        image = _open(source)
        upright = _upright(image)
        encoded = {size: _encode(upright, size) for size in _sizes_for(max(upright.size))}
    return upright.size, encoded


@contextmanager
def _problems_told() -> Iterator[None]:
    """Whatever a decoder raises about hostile bytes means that we have no whole photo."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (Image.DecompressionBombError, MemoryError):
        raise too_many_pixels() from None
    except _DECODERS_RAISE:
        raise broken() from None


def _open(source: IO[bytes]) -> Image.Image:
    """Reads the header alone, so that the limits hold before a pixel is decoded."""
    try:
        image = Image.open(source, formats=FORMATS)
    except UnidentifiedImageError:
        raise not_a_photo() from None
    width, height = image.size
    if max(width, height) > MAX_SIDE or width * height > _pixel_limit(image):
        raise too_many_pixels()
    image.draft("RGB", (SIZES[-1], SIZES[-1]))
    return image


def _pixel_limit(image: Image.Image) -> int:
    shrinking = image.format in ("JPEG", "MPO") and not image.info.get("progressive")
    return MAX_PIXELS_SHRINKING if shrinking else MAX_PIXELS


def _upright(image: Image.Image) -> Image.Image:
    """At most the largest size, turned as it was held, in sRGB, on white."""
    image.load()
    profile = image.info.get("icc_profile")
    smooth = image if image.mode in ("RGB", "RGBA", "L", "LA", "CMYK") else _on_white(image)
    smooth.thumbnail((SIZES[-1], SIZES[-1]), Image.Resampling.LANCZOS)
    return _in_srgb(_on_white(ImageOps.exif_transpose(smooth)), profile)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    return image.convert("RGB")


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """Phones save wide colours with a profile; without it they would look pale."""
    if not isinstance(profile, bytes):
        return image
    try:
        given = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(
            image, given, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return turned or image


def _sizes_for(longest: int) -> tuple[int, ...]:
    """The usual sizes, the last one as large as the photo is; at least one."""
    smaller = tuple(size for size in SIZES if size < longest)
    return (*smaller, SIZES[len(smaller)]) if len(smaller) < len(SIZES) else smaller


def _encode(image: Image.Image, size: int) -> bytes:
    small = image.copy()
    small.thumbnail((size, size), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", small.size)
    clean.paste(small)
    buffer = BytesIO()
    clean.save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue()
