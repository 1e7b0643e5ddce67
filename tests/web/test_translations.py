"""The catalogue is compared with what the source really says."""

import os

import pytest

from tongxing.web import translations
from tongxing.web.translations.sources import messages_in, placeholders

MODULE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
title = _("Register")
lazy = gettext_lazy("Held")
many = ngettext("%(count)d row", "%(count)d rows", 3)
shape = pgettext("date format", "j M Y")
name = _(title)
"""
PAGE = """{% load i18n %}{% card title=_("Basic facts") %}{% translate "It's (nearly) done" %}
{% blocktranslate trimmed count n=rows with day=today %}one row of {{ day }}{% plural %}
{{ n }} rows of {{ day }}{% endblocktranslate %}{% endcard %}{{ _("Held") }}"""


@pytest.fixture
def source(tmp_path, settings):
    folder = tmp_path / "src" / "tongxing"
    (folder / "room" / "templates" / "room").mkdir(parents=True)
    (folder / "room" / "labels.py").write_text(MODULE)
    (folder / "room" / "templates" / "room" / "page.html").write_text(PAGE)
    settings.ROOT = tmp_path
    settings.LOCALE_PATHS = [folder / "locale"]
    return folder


def test_messages_of_modules_and_templates_are_found(source):
    found = messages_in(source)
    assert {(one.context, one.singular, one.plural) for one in found.values()} == {
        ("", "Register", ""),
        ("", "Held", ""),
        ("", "%(count)d row", "%(count)d rows"),
        ("date format", "j M Y", ""),
        ("", "Basic facts", ""),
        ("", "It's (nearly) done", ""),
        ("", "one row of %(day)s", "%(n)s rows of %(day)s"),
    }
    assert found["", "Register"].where == "tongxing/room/labels.py:3"


def test_a_missing_translation_is_named_with_its_place(source):
    assert "tongxing/room/labels.py:3: no translation of 'Register'" in (
        translations.missing_translations()
    )


def test_a_complete_catalogue_has_nothing_missing(source, tmp_path):
    fill(source, tmp_path)
    assert translations.missing_translations() == []


def test_update_adds_and_drops(source, tmp_path):
    fill(source, tmp_path)
    (source / "room" / "labels.py").write_text(MODULE.replace("Register", "List"))
    assert translations.missing_translations() == [
        "tongxing/room/labels.py:3: no translation of 'List'",
        "no longer used: 'Register'",
    ]
    assert translations.update() == (1, 1)
    assert translations.missing_translations() == [
        "tongxing/room/labels.py:3: no translation of 'List'"
    ]


def test_a_doubtful_entry_counts_as_wrong(source, tmp_path):
    file = fill(source, tmp_path)
    file.write_text(file.read_text().replace('msgid "Held"', '#, fuzzy\nmsgid "Held"'))
    assert translations.missing_translations() == ["fuzzy: 'Held'"]


def test_a_translation_that_loses_a_value_is_wrong(source, tmp_path):
    file = fill(source, tmp_path)
    file.write_text(file.read_text().replace("%(day)s的%(n)s行", "%(n)s行"))
    (complaint,) = translations.missing_translations()
    assert "other placeholders" in complaint


def test_what_is_translated_is_not_overwritten_by_an_offer(source, tmp_path):
    file = fill(source, tmp_path)
    offer = tmp_path / "offer.po"
    offer.write_text('msgid "Held"\nmsgstr "另一种"\n')
    assert translations.merge([offer]) == 0
    assert "另一种" not in file.read_text()


def test_writing_twice_changes_nothing(source, tmp_path):
    file = fill(source, tmp_path)
    before = file.read_text()
    translations.update()
    assert file.read_text() == before


def test_it_is_compiled_when_it_changed_and_only_then(source, tmp_path):
    file = fill(source, tmp_path)
    assert translations.compile_stale()
    assert not translations.compile_stale()
    later = file.with_suffix(".mo").stat().st_mtime + 5
    os.utime(file, (later, later))
    assert translations.compile_stale()
    assert [path.name for path in file.parent.iterdir() if path.suffix == ".tmp"] == []


def test_placeholders_are_read_by_name():
    assert placeholders("%(count)d of %(total)s, 10 %") == {"count", "total"}


def fill(source, tmp_path):
    """Translate everything the source says."""
    offer = tmp_path / "complete.po"
    offer.write_text(
        """
msgid "Register"
msgstr "台账"

msgid "Held"
msgstr "待核实"

msgid "%(count)d row"
msgid_plural "%(count)d rows"
msgstr[0] "%(count)d行"

msgctxt "date format"
msgid "j M Y"
msgstr "Y年n月j日"

msgid "Basic facts"
msgstr "基本信息"

msgid "It's (nearly) done"
msgstr "快完成了"

msgid "one row of %(day)s"
msgid_plural "%(n)s rows of %(day)s"
msgstr[0] "%(day)s的%(n)s行"
"""
    )
    assert translations.merge([offer]) == 7
    return translations.catalogue_file()
