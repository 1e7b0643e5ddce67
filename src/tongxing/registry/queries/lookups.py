"""Comparisons that row-level security lets use an index."""

from django.db.models import TextField
from django.db.models.lookups import PostgresOperatorLookup


@TextField.register_lookup
class Prefix(PostgresOperatorLookup):
    """`key__prefix="zhang"`: the leakproof operator ^@, where LIKE would read every row."""

    lookup_name = "prefix"
    postgres_operator = "^@"
