"""A verdict about a child is as sensitive as the facts it was computed from."""

from tongxing.kernel.privacy import Classes, Privacy

CLASSES: Classes = {
    "StoredVerdict": {
        Privacy.OPEN: "id division population on_day pack pack_version site_version superseded_at",
        Privacy.SENSITIVE: "child_id answer reasons missing changes_on changes_to",
    },
}
