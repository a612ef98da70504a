"""Photos of strangers: whole ones are taken in clean, everything else is refused clearly."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from pillow_heif import from_pillow

from wesprint.kernel.errors import Invalid
from wesprint.platform.files import images, store
from wesprint.platform.files.services import Prepared, from_token, keep_token, prepare


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def picture(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """Upper left quarter red, the rest blue: what turned it can be seen."""
    image = Image.new("RGB", (width, height), "blue")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height // 2), fill="red")
    return image.convert(mode)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def heic(image: Image.Image, **options: Any) -> bytes:
    buffer = BytesIO()
    from_pillow(image).save(buffer, quality=80, **options)
    return buffer.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = "PhoneMaker"
    data[0x8825] = {1: "N", 2: (51.0, 23.0, 46.0), 3: "E", 4: (8.0, 4.0, 0.0)}
    return data


def png_header_only(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(4096))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def refusal(content: bytes | Path) -> str:
    with pytest.raises(Invalid) as caught:
        prepare(content)
    assert all(map(str, (caught.value.what, caught.value.kept, caught.value.next)))
    return caught.value.code


def opened(photo: Prepared, size: int) -> Image.Image:
    return Image.open(BytesIO(store.path_of(photo.digest, size).read_bytes()))


@pytest.mark.parametrize(
    "make",
    [
        lambda image: encoded(image, "JPEG", quality=95),
        lambda image: encoded(image, "JPEG", progressive=True),
        lambda image: encoded(image, "PNG"),
        lambda image: encoded(image.convert("P"), "PNG"),
        lambda image: encoded(image.convert("L"), "PNG"),
        lambda image: encoded(image.convert("CMYK"), "JPEG"),
        lambda image: encoded(image, "WEBP", lossless=True),
        heic,
    ],
    ids=["jpeg", "progressive", "png", "palette", "grey", "cmyk", "webp", "heic"],
)
def test_every_usual_kind_of_photo_is_taken_in(make: Callable[[Image.Image], bytes]) -> None:
    photo = prepare(make(picture()))
    assert (photo.width, photo.height, photo.sizes) == (400, 300, (320, 960))
    shown = opened(photo, 320)
    assert (shown.format, shown.size, shown.mode) == ("WEBP", (320, 240), "RGB")


def test_sizes_never_exceed_the_photo() -> None:
    large = prepare(encoded(picture(2400, 1200), "JPEG"))
    assert (large.width, large.height, large.sizes) == (1920, 960, (320, 960, 1920))
    assert [opened(large, size).size for size in large.sizes] == [
        (320, 160),
        (960, 480),
        (1920, 960),
    ]
    small = prepare(encoded(picture(100, 50), "PNG"))
    assert (small.sizes, opened(small, 320).size) == ((320,), (100, 50))


def test_the_photo_stands_as_it_was_held_and_tells_no_place() -> None:
    photo = prepare(encoded(picture(), "JPEG", exif=exif(6), comment=b"at home", quality=95))
    shown = opened(photo, 960)
    assert (shown.size, shown.getexif(), "exif" in shown.info) == ((300, 400), {}, False)
    top_right = shown.getpixel((290, 10))
    assert isinstance(top_right, tuple)
    assert top_right[0] > 200 > 60 > top_right[2]  # the red quarter turned to the right
    raw = store.path_of(photo.digest, 960).read_bytes()
    assert not any(word in raw for word in (b"PhoneMaker", b"EXIF", b"XMP", b"ICCP", b"at home"))


def test_a_heic_tells_no_place_either() -> None:
    photo = prepare(heic(picture(), exif=exif().tobytes()))
    assert b"PhoneMaker" not in store.path_of(photo.digest, 960).read_bytes()


def test_transparent_ground_becomes_white() -> None:
    ghost = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    pixel = opened(prepare(encoded(ghost, "PNG")), 320).getpixel((5, 5))
    assert pixel == (255, 255, 255)


def test_the_content_decides_not_the_name() -> None:
    disguised = SimpleUploadedFile("a.txt", encoded(picture(), "JPEG"), "text/plain")
    assert prepare(disguised).sizes == (320, 960)
    assert refusal(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>") == "photo-unknown"
    assert refusal(b"%PDF-1.7 not a photo") == "photo-unknown"
    assert refusal(encoded(picture(), "GIF")) == "photo-unknown"
    assert refusal(encoded(picture(), "TIFF")) == "photo-unknown"
    assert refusal(b"") == "photo-unknown"


@pytest.mark.parametrize("part", [0.02, 0.5, 0.98])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC"])
def test_half_a_photo_is_refused(kind: str, part: float, folder: Path) -> None:
    noise = Image.effect_noise((300, 300), 80).convert("RGB")
    whole = heic(noise) if kind == "HEIC" else encoded(noise, kind)
    assert refusal(whole[: int(len(whole) * part)]) in ("photo-broken", "photo-unknown")
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_damaged_bytes_in_the_middle_never_become_an_error_of_ours() -> None:
    whole = bytearray(encoded(Image.effect_noise((300, 300), 80), "PNG"))
    whole[len(whole) // 2] ^= 0xFF
    assert refusal(bytes(whole)) == "photo-broken"


def test_a_file_of_50_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.jpg"
    with huge.open("wb") as handle:
        handle.truncate(50 * 1024 * 1024)
    assert refusal(huge) == "photo-too-large"


def test_bombs_are_refused_by_their_header() -> None:
    assert refusal(png_header_only(20_001, 10)) == "photo-too-many-pixels"
    assert refusal(png_header_only(19_000, 19_000)) == "photo-too-many-pixels"
    assert refusal(png_header_only(100_000, 100_000)) == "photo-too-many-pixels"
    assert refusal(png_header_only(6_400, 6_400)) == "photo-too-many-pixels"  # 41 million
    assert refusal(png_header_only(6_000, 6_000)) == "photo-broken"  # allowed, but not there


def test_a_jpeg_may_be_larger_because_it_shrinks_while_it_is_decoded() -> None:
    wide = encoded(Image.new("L", (12_000, 4_000), 200), "JPEG")
    photo = prepare(wide)
    assert (photo.width, photo.height) == (1920, 640)


def test_the_same_photo_is_the_same_value_and_lies_there_once(folder: Path) -> None:
    content = encoded(picture(), "JPEG")
    assert prepare(content) == prepare(SimpleUploadedFile("b.jpg", content))
    assert len(list(folder.rglob("*.webp"))) == 2


def test_a_form_that_comes_back_keeps_its_photo(settings: Any) -> None:
    photo = prepare(encoded(picture(), "JPEG"))
    token = keep_token(photo)
    assert from_token(token) == photo
    assert from_token(token + "x") is None
    store.path_of(photo.digest, 320).unlink()
    assert from_token(token) is None


def test_limits_are_what_the_pages_say() -> None:
    assert (images.MAX_BYTES, images.MAX_SIDE, images.SIZES) == (
        15_728_640,
        20_000,
        (320, 960, 1920),
    )
