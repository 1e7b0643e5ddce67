"""Pictures of pages: build output of every run; the README's three when asked for."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tongxing.launch.places import CHECKOUT

KEPT = CHECKOUT / "build" / "screenshots"
README = CHECKOUT / "docs" / "pictures"
README_WIDTH = 900
COLOURS = 96


def keep(page: Page, name: str, *, readme: str = "") -> None:
    """Keep the whole page; of what the README shows also the window, small."""
    width = (page.viewport_size or {"width": 0})["width"]
    KEPT.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=KEPT / f"{name}-{width}.png", full_page=True, animations="disabled")
    if readme:
        page.evaluate("document.activeElement.blur()")
        shot = page.screenshot(animations="disabled")
        (KEPT / f"readme-{readme}.png").write_bytes(_small(shot))


def publish() -> None:
    """Put the README's pictures of this run where the README looks for them."""
    for picture in sorted(KEPT.glob("readme-*.png")):
        target: Path = README / picture.name.removeprefix("readme-")
        target.write_bytes(picture.read_bytes())


def _small(shot: bytes) -> bytes:
    image = Image.open(BytesIO(shot)).convert("RGB")
    height = round(image.height * README_WIDTH / image.width)
    image = image.resize((README_WIDTH, height), Image.Resampling.LANCZOS)
    target = BytesIO()
    image.quantize(COLOURS).save(target, "PNG", optimize=True)
    return target.getvalue()
