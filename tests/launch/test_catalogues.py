"""Our own compiler of translation catalogues, read back by Python's gettext."""

import gettext
from pathlib import Path

import pytest

from tongxing.launch import catalogues
from tongxing.launch.errors import LaunchError

CATALOGUE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=n != 1;\n"

# A comment
#: src/tongxing/web/views.py:1
msgid "Home"
msgstr "首页"

msgctxt "verb"
msgid "Open"
msgstr "打开"
msgid "Open"
msgstr "开放"

#, python-format
msgid "%(count)s child"
msgid_plural "%(count)s children"
msgstr[0] "%(count)s 名儿童"
msgstr[1] "共 %(count)s 名儿童"

msgid ""
"Two lines\n"
"and a \"quotation\""
msgstr ""
"两行\n"
"和“引文”"

#, fuzzy
msgid "Doubtful"
msgstr "存疑"

msgid "Missing"
msgstr ""

#~ msgid "Old"
#~ msgstr "旧"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "zh_Hans" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "django.po").write_text(CATALOGUE, encoding="utf-8")
    return tmp_path


def read_back(folder: Path) -> gettext.GNUTranslations:
    with (folder / "zh_Hans" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_gettext_reads_what_we_compile(folder: Path) -> None:
    assert catalogues.compile_all(folder) == 1
    chinese = read_back(folder)
    assert chinese.gettext("Home") == "首页"
    assert chinese.gettext("Open") == "开放"
    assert chinese.pgettext("verb", "Open") == "打开"
    assert chinese.ngettext("%(count)s child", "%(count)s children", 1) == "%(count)s 名儿童"
    assert chinese.ngettext("%(count)s child", "%(count)s children", 2) == "共 %(count)s 名儿童"
    assert chinese.gettext('Two lines\nand a "quotation"') == "两行\n和“引文”"


@pytest.mark.parametrize("text", ["Doubtful", "Missing", "Old"])
def test_what_is_doubtful_missing_or_old_stays_untranslated(folder: Path, text: str) -> None:
    catalogues.compile_all(folder)
    assert read_back(folder).gettext(text) == text


def test_an_unchanged_catalogue_is_not_compiled_again(folder: Path) -> None:
    catalogues.compile_all(folder)
    assert catalogues.compile_all(folder) == 0


def test_a_broken_line_is_quoted(folder: Path) -> None:
    source = folder / "zh_Hans" / "LC_MESSAGES" / "django.po"
    source.write_text('msgid "Home"\nmsgstr "首页\n', encoding="utf-8")
    with pytest.raises(LaunchError, match='msgstr "首页'):
        catalogues.compile_all(folder)


def test_our_own_catalogues_compile() -> None:
    for source in catalogues.LOCALES.glob("*/LC_MESSAGES/*.po"):
        assert len(catalogues.compiled(catalogues.entries(source))) > 28
