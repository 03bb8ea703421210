"""Draws the picture of a user without one: `python -m ops.demo.images` writes the file that is served."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

SIZE = 256
"""Width and height in pixels."""

TARGET = Path(__file__).resolve().parents[2] / "chalicelib" / "static" / "default-user-image.jpeg"

_PAGE = (255, 255, 255)
_DISC = (206, 210, 216)
_PERSON = (132, 139, 150)

_OVERSAMPLING = 4  # Pillow draws hard edges; shrinking a larger picture smooths them
_JPEG_QUALITY = 88


def default_image() -> Image.Image:
    """A grey disc with head and shoulders, the same at every call."""
    side = SIZE * _OVERSAMPLING
    inside_disc = _mask(side, (0.0, 0.0, 1.0, 1.0))
    disc = Image.new("RGB", (side, side), _DISC)
    disc.paste(_PERSON, mask=_mask(side, (0.33, 0.19, 0.67, 0.56)))  # head
    disc.paste(_PERSON, mask=_mask(side, (0.15, 0.63, 0.85, 1.33)))  # shoulders, cut off by the disc's edge
    page = Image.new("RGB", (side, side), _PAGE)
    page.paste(disc, mask=inside_disc)
    return page.resize((SIZE, SIZE), Image.Resampling.BOX)


def write(target: Path = TARGET) -> None:
    """Save the picture as a baseline JPEG."""
    default_image().save(target, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=False)


def _mask(side: int, box: tuple[float, float, float, float]) -> Image.Image:
    """An ellipse in a box given in parts of the side: left, top, right, bottom."""
    mask = Image.new("L", (side, side), 0)
    left, top, right, bottom = (round(part * side) for part in box)
    ImageDraw.Draw(mask).ellipse((left, top, right - 1, bottom - 1), fill=255)
    return mask


if __name__ == "__main__":
    write()
