"""The file of a list as it arrived: it lies sealed beside the database and is read from there."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from tongxing.exchange.spreadsheets import Table, Unreadable, read_table
from tongxing.kernel.ciphers import CannotUnseal
from tongxing.keys import files

CONTEXT = "roster.file"


def name_of(batch_id: UUID) -> str:
    """Where the original file of a batch lies sealed."""
    return f"rosters/{batch_id}"


@contextmanager
def opened(batch_id: UUID, *, sheet: str = "") -> Iterator[Table]:
    """A sheet of the file, read by the guarded child; without `sheet` the first that has data.

    Raises Unreadable for whatever is wrong with it, also when it is not there any more.
    """
    try:
        with (
            files.opened(name_of(batch_id), context=CONTEXT) as path,
            read_table(path, sheet=sheet or None) as table,
        ):
            yield table
    except (FileNotFoundError, CannotUnseal) as lost:
        raise Unreadable("not_found") from lost
