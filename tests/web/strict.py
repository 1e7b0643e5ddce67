"""A template that names a variable nobody gave it fails, instead of showing a gap."""

from typing import cast

from django.template import engines
from django.template.backends.django import DjangoTemplates


class UndefinedVariable(Exception):
    """The template asked for something that is not in its context."""


class _Fails(str):
    """Django asks this whether it wants the name of the variable, and then hands the name over."""

    __slots__ = ()

    def __contains__(self, part):
        return True

    def __mod__(self, name):
        raise UndefinedVariable(str(name))


def fail_on_undefined_variables(monkeypatch):
    backend = cast(DjangoTemplates, engines["django"])
    monkeypatch.setattr(backend.engine, "string_if_invalid", _Fails("%s"))
