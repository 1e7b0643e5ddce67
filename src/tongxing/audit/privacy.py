"""The trail holds references and field names, never values; who looked is about the worker."""

from tongxing.kernel.privacy import Classes, Privacy

OPEN, PERSONAL, SENSITIVE = Privacy.OPEN, Privacy.PERSONAL, Privacy.SENSITIVE

CLASSES: Classes = {
    "Entry": {
        OPEN: "id txid at recorded_at kind subject_type division request_id",
        PERSONAL: "actor_account actor_post actor_name actor_role organisation facts",
        SENSITIVE: "subject_id child_id",
    },
    "Seal": {
        OPEN: "number after_txid after_id last_txid last_id entries leaves previous root mac"
        " scheme sealed_at",
    },
    "Verification": {
        OPEN: "id verified_at outcome entries seals damaged first_finding doubts",
    },
}
