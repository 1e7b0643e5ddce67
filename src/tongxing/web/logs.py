"""Log lines that never carry what a record says about a person."""

import logging
import traceback
from types import TracebackType

ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class QuietFormatter(logging.Formatter):
    """Writes where an exception happened and of which kind, not what its message says.

    Messages of database errors repeat the row ("Key (id_no)=(…) already exists").
    """

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the name logging calls
        return "\n".join(_links(ei[1])) if ei[1] else ""


# Their messages name modules, attributes and types, never what a variable holds.
_SPEAKS_OF_CODE_ONLY = (ImportError, AttributeError, NameError, TypeError)


def _links(exception: BaseException | None) -> list[str]:
    if exception is None:
        return []
    earlier = _links(exception.__cause__ or exception.__context__)
    frames = "".join(traceback.format_tb(exception.__traceback__)).rstrip()
    return [*earlier, frames, _named(exception)]


def _named(exception: BaseException) -> str:
    kind = f"{type(exception).__module__}.{type(exception).__qualname__}"
    return f"{kind}: {exception}" if isinstance(exception, _SPEAKS_OF_CODE_ONLY) else kind
