"""Every field of every table says how far it may go, and sealed fields really are sealed."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connections

from tongxing.kernel.privacy import Privacy, class_of
from tongxing.keys.fields import SealedTextField

PACKAGES = ("access", "audit", "registry", "eligibility")
SEALED_OTHERWISE = {
    ("Account", "password"),
    ("Account", "session_token"),
    ("PasswordRecord", "password"),
    ("KnownDevice", "token_hash"),
}


def fields():
    for package in PACKAGES:
        classes = import_module(f"tongxing.{package}.privacy").CLASSES
        for model in apps.get_app_config(package).get_models():
            for field in model._meta.concrete_fields:
                name = field.attname if field.is_relation else field.name
                yield model.__name__, name, field, class_of(classes, model.__name__, name)


def test_every_field_is_classified():
    assert [f"{model}.{name}" for model, name, _field, privacy in fields() if privacy is None] == []


def test_nothing_is_classified_that_does_not_exist():
    known = {(model, name) for model, name, _field, _privacy in fields()}
    written = {
        (model, name)
        for package in PACKAGES
        for model, classes in import_module(f"tongxing.{package}.privacy").CLASSES.items()
        for names in classes.values()
        for name in names.split()
    }
    assert written - known == set()


def test_sealed_means_sealed():
    for model, name, field, privacy in fields():
        sealed = isinstance(field, SealedTextField)
        expected = privacy is Privacy.SEALED and (model, name) not in SEALED_OTHERWISE
        assert sealed == expected, f"{model}.{name}"


@pytest.mark.django_db(databases=["default", "owner"])
def test_every_table_about_a_child_is_under_row_level_security():
    """A table that names a child, or holds lists about children, has FORCE ROW LEVEL SECURITY."""
    about = {
        model._meta.db_table
        for package in ("audit", "registry", "eligibility")
        for model in apps.get_app_config(package).get_models()
        if {"division", "child_id"} & {field.attname for field in model._meta.concrete_fields}
    }
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        scoped = {row[0] for row in cursor.fetchall()}
    assert about - scoped == set()


@pytest.mark.django_db
def test_the_application_role_owns_nothing_and_bypasses_nothing():
    with connections["default"].cursor() as cursor:
        cursor.execute(
            """
            SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,
                   (SELECT count(*) FROM pg_class c WHERE c.relowner = r.oid)
              FROM pg_roles r WHERE r.rolname = current_user
            """
        )
        assert cursor.fetchone() == (False, False, False, False, 0)
        cursor.execute(
            """
            SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = 'public' AND c.relkind = 'r'
               AND has_table_privilege(current_user, c.oid, 'TRUNCATE')
            """
        )
        assert cursor.fetchone() == (0,)
