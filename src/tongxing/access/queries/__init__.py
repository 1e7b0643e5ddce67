"""Reading in access. Other packages import from here; pages take what they need by module."""

from tongxing.access.queries.actors import actor_by_username, actor_of
from tongxing.access.queries.divisions import (
    children_of,
    division,
    division_names,
    division_of_text,
    divisions_named,
    find_divisions,
    how_many_divisions,
    path_of,
    successions_of,
    successors_of,
)

__all__ = [
    "actor_by_username",
    "actor_of",
    "children_of",
    "division",
    "division_names",
    "division_of_text",
    "divisions_named",
    "find_divisions",
    "how_many_divisions",
    "path_of",
    "successions_of",
    "successors_of",
]
