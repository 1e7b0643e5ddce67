"""The file of a list as it arrived: it lies sealed beside the database and is read from there."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

from tongxing.exchange.spreadsheets import Table, Unreadable, read_table
from tongxing.kernel.ciphers import CannotUnseal
from tongxing.keys import files
from tongxing.registry.rules.cells import text_of

CONTEXT = "roster.file"


def name_of(batch_id: UUID) -> str:
    """Where the original file of a batch lies sealed."""
    return f"rosters/{batch_id}"


@contextmanager
def opened(batch_id: UUID, *, sheet: str = "", only_head: bool = False) -> Iterator[Table]:
    """A sheet of the file, read by the guarded child; without `sheet` the first that has data.

    With `only_head` there are facts and first rows but no others, in a fraction of the time.
    Raises Unreadable for whatever is wrong with it, also when it is not there any more.
    """
    try:
        with (
            files.opened(name_of(batch_id), context=CONTEXT) as path,
            read_table(path, sheet=sheet or None, only_head=only_head) as table,
        ):
            yield table
    except (FileNotFoundError, CannotUnseal) as lost:
        raise Unreadable("not_found") from lost


def rows_as_written(
    batch_id: UUID, rows: Collection[int], *, sheet: str = ""
) -> dict[int, list[str | None]]:
    """These rows of the sheet, cell by cell as text. Reads the file up to the last of them."""
    last = max(rows, default=0)
    found: dict[int, list[str | None]] = {}
    if not rows:
        return found
    with opened(batch_id, sheet=sheet) as table:
        for row in table.rows():
            if row.number in rows:
                found[row.number] = [None if cell is None else text_of(cell) for cell in row.cells]
            if row.number >= last:
                break
    return found
