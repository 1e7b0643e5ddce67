"""Which fields about people with posts may go how far."""

from tongxing.kernel.privacy import Classes, Privacy

OPEN, PERSONAL, SEALED = Privacy.OPEN, Privacy.PERSONAL, Privacy.SEALED

CLASSES: Classes = {
    "Account": {
        OPEN: "id created_at is_active must_change_password password_changed_at",
        PERSONAL: "username person_name identity_index last_login last_seen_on",
        SEALED: "phone password session_token",
    },
    "PasswordRecord": {OPEN: "id set_at", PERSONAL: "account_id", SEALED: "password"},
    "KnownDevice": {
        OPEN: "id first_seen_at last_seen_at forgotten_at",
        PERSONAL: "account_id name",
        SEALED: "token_hash",
    },
    "Division": {
        OPEN: "code name level kind parent_code pinyin initials former_names valid_from"
        " valid_until edition",
    },
    "DivisionSuccession": {OPEN: "id old_id new_id on"},
    "Organisation": {
        OPEN: "id name kind department division area_lo area_hi parent_id pinyin valid_from"
        " valid_until",
    },
    "Post": {
        OPEN: "id role organisation_id title area_lo area_hi valid_from valid_until contract_until",
    },
    "Appointment": {
        OPEN: "id post_id power since until end_reason",
        PERSONAL: "account_id entry_check entry_check_on",
    },
    "Grant": {
        OPEN: "id post_id since state requested_at decided_at appointment_id",
        PERSONAL: "account_id reason requested_by_id decided_by_id decision_reason",
    },
}
