"""The committed default picture is a baseline JPEG of what the script draws."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from ops.demo.images import SIZE, TARGET, default_image, write

START_OF_IMAGE, END_OF_IMAGE = b"\xff\xd8", b"\xff\xd9"
BASELINE_FRAME, PROGRESSIVE_FRAME = b"\xff\xc0", b"\xff\xc2"


def test_is_a_small_whole_baseline_jpeg() -> None:
    content = TARGET.read_bytes()

    assert content.startswith(START_OF_IMAGE)
    assert content.endswith(END_OF_IMAGE)
    assert BASELINE_FRAME in content
    assert PROGRESSIVE_FRAME not in content
    assert len(content) < 8 * 1024


def test_is_a_square_in_colour() -> None:
    with Image.open(TARGET) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (SIZE, SIZE))


def test_shows_what_the_script_draws() -> None:
    with Image.open(TARGET) as picture:
        difference = ImageChops.difference(picture.convert("RGB"), default_image())

    # Encoders differ by a few shades at the edges; another shape or shade differs by far more.
    assert max(ImageStat.Stat(difference).mean) < 2


def test_is_drawn_the_same_every_time(tmp_path: Path) -> None:
    write(tmp_path / "one.jpeg")
    write(tmp_path / "other.jpeg")

    assert (tmp_path / "one.jpeg").read_bytes() == (tmp_path / "other.jpeg").read_bytes()
