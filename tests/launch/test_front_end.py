"""Front-end files: what is copied, what is changed on the way, where npm comes from."""

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tongxing.launch import locks, places, sprites, stylesheets, vendor
from tongxing.launch.errors import LaunchError

SVG = (
    '<svg\n  xmlns="http://www.w3.org/2000/svg"\n  fill="none"\n>\n'
    '  <path stroke="none" d="M0 0h24v24H0z" fill="none" />\n  <path d="{}" />\n</svg>'
)


@pytest.fixture
def icons(tmp_path: Path) -> Path:
    for folder, drawing in (("outline", "M1 1"), ("filled", "M2 2")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "star.svg").write_text(SVG.format(drawing))
    return tmp_path


def test_the_sprite_holds_each_wanted_icon_once(icons: Path) -> None:
    soup = BeautifulSoup(sprites.sprite(["star", "star-filled"], icons), "html.parser")
    symbols = {symbol["id"]: symbol for symbol in soup.find_all("symbol")}
    drawings = {name: [path["d"] for path in it.find_all("path")] for name, it in symbols.items()}
    assert drawings == {"star": ["M1 1"], "star-filled": ["M2 2"]}
    assert symbols["star"]["fill"] == "none"
    assert symbols["star-filled"]["fill"] == "currentColor"


def test_an_icon_that_does_not_exist_is_named(icons: Path) -> None:
    with pytest.raises(LaunchError, match="'comet'"):
        sprites.sprite(["comet"], icons)


def test_the_icon_list_may_hold_comments_and_repetitions() -> None:
    assert sprites.names("# ours\nstar\n\nhome  # first page\nstar\n") == ["home", "star"]


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (b"a{}\n/*# sourceMappingURL=a.css.map */", b"a{}\n"),
        (b"f();\n//# sourceMappingURL=a.js.map\n", b"f();\n"),
        (b"f();\n//# sourceMappingURL=a.js.map\ng();", b"f();\ng();"),
        (b"/* nothing here */", b"/* nothing here */"),
    ],
)
def test_references_to_source_maps_are_cut_out(content: bytes, kept: bytes) -> None:
    assert vendor.without_source_map(content) == kept


def test_every_vendored_file_is_there_and_asks_for_nothing_else() -> None:
    vendor.provide(lambda _: None)
    files = {path.name: path.read_bytes() for path in vendor.served().iterdir()}
    assert set(files) == {*vendor.SERVED, vendor.STYLES, "icons.svg"}
    assert all(b"sourceMappingURL" not in content for content in files.values())
    assert b"@import" not in files["tabler.min.css"]
    rows = {path.name: len(path.read_bytes().splitlines()) for path in vendor.divisions().iterdir()}
    assert rows["provinces.csv"] == 32
    assert rows["areas.csv"] > 2900
    assert rows["streets.csv"] > 41000


def test_a_second_call_does_nothing() -> None:
    vendor.provide(lambda _: None)
    assert not vendor.provide(lambda _: None)


def test_a_missing_file_is_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vendor.provide(lambda _: None)
    fetched: list[Path] = []
    monkeypatch.setattr(vendor, "served", lambda: tmp_path)
    monkeypatch.setattr(vendor, "copy_from", fetched.append)
    monkeypatch.setattr(vendor, "_fetch", lambda *_: None)
    assert vendor.provide(lambda _: None)
    assert [path.name for path in fetched] == ["node_modules"]


def test_without_node_npm_comes_from_a_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A PATH with no node on it, as on a machine where nothing is prepared."""
    for program in ("sh", "env"):
        (tmp_path / program).symlink_to(shutil.which(program) or "")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("TONGXING_VAR", str(tmp_path / "var"))
    monkeypatch.setattr(vendor, "served", lambda: tmp_path / "static")
    said: list[str] = []
    assert vendor.provide(said.append)
    assert any("Node is missing" in line for line in said)
    assert (tmp_path / "static" / "echarts.min.js").stat().st_size > 1_000_000


def test_locks_name_no_download_address() -> None:
    locks.refuse_addresses(sorted((places.CHECKOUT / "requirements").glob("*.txt")))


def test_a_lock_that_names_one_is_refused(tmp_path: Path) -> None:
    lock = tmp_path / "base.txt"
    lock.write_text("--index-url https://packages.example/simple\nclick==8.1\n")
    with pytest.raises(LaunchError, match=r"base\.txt"):
        locks.refuse_addresses([lock])


def test_front_end_packages_are_pinned_exactly() -> None:
    stated = json.loads((places.CHECKOUT / "package.json").read_text())["dependencies"]
    lock = json.loads((places.CHECKOUT / "package-lock.json").read_text())["packages"]
    for name, version in stated.items():
        assert lock[f"node_modules/{name}"]["version"] == version
        assert lock[f"node_modules/{name}"]["integrity"].startswith("sha512-")


SHEET = """@charset "utf-8";/* a { b } */
:root{--read:1px;--by-read:red;--unread:url("data:;{}");--first:var(--by-read)}
a,.card>.title,.gone .title{color:var(--first)}
.btn:not(.gone):hover{margin:var(--read)}
[data-bs-theme=dark] a{color:#fff}
@media print{.gone{margin:0}.card{border:0}}@media screen{.gone{margin:0}}
@keyframes gone{from{margin:0}to{margin:1px}}
.card:is(.title,.btn){content:"}"}"""
FITTING = (
    '@charset "utf-8";:root{--read:1px;--by-read:red;--first:var(--by-read)}'
    "a,.card>.title{color:var(--first)}.btn:not(.gone):hover{margin:var(--read)}"
    '@media print{.card{border:0}}.card:is(.title,.btn){content:"}"}'
)


def test_a_stylesheet_keeps_what_pages_can_meet() -> None:
    assert stylesheets.trimmed(SHEET, {"card", "title", "btn"}) == FITTING


def test_an_unfinished_stylesheet_is_refused() -> None:
    with pytest.raises(ValueError, match="ends within a block"):
        stylesheets.trimmed("a{color:red", set())


def test_the_served_stylesheet_knows_the_classes_of_our_pages() -> None:
    vendor.provide(lambda _: None)
    served = (vendor.served() / vendor.STYLES).read_text("utf-8")
    for name in ("btn-primary", "card-header", "form-select", "table-responsive"):
        assert re.search(rf"\.{name}\b[^{{]*{{", served), name
    assert len(gzip.compress(served.encode())) < 16_000


def test_styles_are_fitted_again_when_pages_use_more(tmp_path, monkeypatch) -> None:
    vendor.provide(lambda _: None)
    monkeypatch.setattr(vendor, "served", lambda: tmp_path)
    monkeypatch.setattr(stylesheets, "words_of_pages", lambda: frozenset())
    vendor.fit_styles()
    assert ".modal-footer" not in (tmp_path / vendor.STYLES).read_text("utf-8")
    monkeypatch.setattr(stylesheets, "words_of_pages", lambda: frozenset({"modal-footer"}))
    vendor.fit_styles()
    assert ".modal-footer{" in (tmp_path / vendor.STYLES).read_text("utf-8")
