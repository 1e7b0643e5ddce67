"""A verdict about a child is as sensitive as the facts it was computed from."""

from tongxing.kernel.privacy import Classes, Privacy

CLASSES: Classes = {
    "StoredVerdict": {
        Privacy.OPEN: "id division population on_day pack pack_version site_version superseded_at",
        Privacy.SENSITIVE: "child_id answer reasons missing changes_on changes_to",
    },
    "DeclaredFact": {
        Privacy.OPEN: "id division as_of recorded_at superseded_at",
        Privacy.PERSONAL: "said_by recorded_by recorded_by_name",
        Privacy.SENSITIVE: "child_id name value",
    },
    "Delivery": {
        Privacy.OPEN: "id division on_day recorded_at withdrawn_at",
        Privacy.PERSONAL: "recorded_by recorded_by_name",
        Privacy.SENSITIVE: "child_id entitlement state note",
    },
    "ServiceListVersion": {
        Privacy.OPEN: "id division number title state base content struck revision drafted_at"
        " submitted_at approved_at published_at valid_from valid_to filing_due_on filed_on"
        " received_on revise_by",
        Privacy.PERSONAL: "drafted_by drafted_by_name editors submitted_by_name approved_by_name"
        " received_by_name justifications sent_back_because",
    },
}
