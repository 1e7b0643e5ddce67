"""Writing the trail: `from tongxing.audit import actions as audit`."""

from tongxing.audit.actions.entries import (
    record,
    record_look,
    record_looks,
    record_many,
    record_refused,
)
from tongxing.audit.actions.seals import SealsLost, seal
from tongxing.audit.actions.verifications import verify_and_record

__all__ = [
    "SealsLost",
    "record",
    "record_look",
    "record_looks",
    "record_many",
    "record_refused",
    "seal",
    "verify_and_record",
]
