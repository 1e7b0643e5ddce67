"""Which fields about children, their families and the lists about them may go how far."""

from tongxing.kernel.privacy import Classes, Privacy

OPEN, PERSONAL, SENSITIVE, SEALED = (
    Privacy.OPEN,
    Privacy.PERSONAL,
    Privacy.SENSITIVE,
    Privacy.SEALED,
)
_STATED = "id source as_of confidence batch_id superseded_on withdrawn_at"
_SPELL = "id source as_of batch_id withdrawn_at"

CLASSES: Classes = {
    "Household": {OPEN: "id", SENSITIVE: "division number", SEALED: "address"},
    "Child": {
        OPEN: "id source as_of batch_id revision withdrawn_at created_at changed_at",
        SENSITIVE: "division household_id name pinyin former_name sex born_from born_until"
        " ethnicity nationality identity_kind identity_index identity_missing_reason hukou"
        " hukou_division hukou_text moved_with asked_for_help_on state exit_reason exited_on"
        " last_verified_on provenance standing_local standing_national standing_statistical"
        " standing_changes_on missing",
        SEALED: "identity_number address remarks",
    },
    "NameKey": {SENSITIVE: "key division child_id"},
    "Guardian": {
        OPEN: "id source as_of batch_id ended_on withdrawn_at",
        SENSITIVE: "child_id division name relation_to_child relation_written identity_index"
        " phone_index workplace is_legal_guardian is_actual_carer lives_with_child",
        SEALED: "identity_number phone",
    },
    "Clue": {
        OPEN: "id kind state received_at due_on closed_at batch_id",
        PERSONAL: "assigned_post assigned_name reported_by reported_by_name",
        SENSITIVE: "division need child_id",
        SEALED: "said contact result_note",
    },
    "HukouSpell": {OPEN: _SPELL, SENSITIVE: "child_id division place registered since"},
    "ResidenceSpell": {
        OPEN: _SPELL,
        SENSITIVE: "child_id division place since since_latest until",
    },
    "TemporaryAbsence": {OPEN: _SPELL, SENSITIVE: "child_id division since until reason"},
    "Enrolment": {
        OPEN: _STATED,
        SENSITIVE: "child_id division stage school school_code grade class_name pupil_record"
        " attends boards accompanying migrant_worker_child left_behind",
    },
    "Permit": {
        OPEN: _STATED,
        SENSITIVE: "child_id division has_permit valid_until issued_by",
        SEALED: "number",
    },
    "Insurance": {
        OPEN: _STATED,
        SENSITIVE: "child_id division insured year insured_division insured_place kind",
    },
    "HealthRecord": {
        OPEN: _STATED,
        SENSITIVE: "child_id division vaccination_file vaccination_place state",
    },
    "Disability": {
        OPEN: _STATED,
        SENSITIVE: "child_id division disabled disability_class grade",
    },
    "Hardship": {OPEN: _STATED, SENSITIVE: "child_id division kinds denied written"},
    "RosterMapping": {OPEN: "id division source fingerprint mapping used_at"},
    "RosterBatch": {
        OPEN: "id division source as_of file_name file_sha256 file_bytes sheet workbook mapping"
        " fingerprint state counts expected_rows rows_done failure previous_rows created_at"
        " committed_at undone_at undo_left staging_began_at",
        PERSONAL: "created_by created_by_name created_post",
    },
    "RosterChunk": {OPEN: "batch_id number division rows kinds committed_at undone_at"},
    "RosterRow": {
        OPEN: "batch_id number chunk division row hidden fate decision decided_at applied_at",
        PERSONAL: "decided_by reason",
        SENSITIVE: "line problems differences child_id likely_child_id",
        SEALED: "written",
    },
    "RosterChange": {
        OPEN: "id division batch_id chunk subject revision_after put_back_at",
        SENSITIVE: "child_id subject_id",
        SEALED: "before",
    },
}
