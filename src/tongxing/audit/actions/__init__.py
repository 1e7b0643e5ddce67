"""Writing the trail: `from tongxing.audit import actions as audit`."""

from tongxing.audit.actions.counts import keep_counting
from tongxing.audit.actions.entries import (
    record,
    record_look,
    record_looks,
    record_many,
    record_refused,
)
from tongxing.audit.actions.seals import CountWentBack, SealsLost, seal
from tongxing.audit.actions.verifications import verify_and_record

__all__ = [
    "CountWentBack",
    "SealsLost",
    "keep_counting",
    "record",
    "record_look",
    "record_looks",
    "record_many",
    "record_refused",
    "seal",
    "verify_and_record",
]
