"""The anticipated ways in which the register says no to a person."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongxing.kernel.errors import Refusal
from tongxing.registry.values.changes import Clash


class RevisionConflict(Refusal):
    """Somebody else changed the record; `clashes` shows both values of each field."""

    code = "registry.revision_conflict"
    message = _(
        "Somebody changed this file while you were writing. Nothing was saved. "
        "Compare the values and choose."
    )

    def __init__(self, *, clashes: Sequence[Clash], revision: int) -> None:
        super().__init__()
        self.clashes = tuple(clashes)
        self.revision = revision


class PerhapsKnown(Refusal):
    """The register may have this child already: `child_id`. May be confirmed as another child."""

    code = "registry.perhaps_known"
    message = _(
        "The register probably has this child already. Look at that file first; "
        "enter the child only if it is somebody else."
    )

    def __init__(self, *, child_id: UUID) -> None:
        super().__init__()
        self.child_id = child_id


class SameNumber(PerhapsKnown):
    """The very identity number is in the register; nobody can confirm that away."""

    code = "registry.same_number"
    message = _("The register has this identity number already. Open that file instead.")


class NeedsComparison(Refusal):
    code = "registry.needs_comparison"
    message = _(
        "This entry has to be checked by the county office before it can be made. "
        "Please report it there as a clue."
    )


class UnusableNumber(Refusal):
    code = "registry.unusable_number"
    message = _(
        "This is no valid identity number (%(why)s). Leave it out and say why it is missing."
    )


class ContradictsNumber(Refusal):
    code = "registry.contradicts_number"
    message = _(
        "The identity number says otherwise about the birth date or the sex. "
        "Correct the number and the other value together."
    )


class NoReason(Refusal):
    code = "registry.no_reason"
    message = _("Please say why. The reason is kept in the audit trail.")


class NothingChanged(Refusal):
    code = "registry.nothing_changed"
    message = _("Nothing is different from what the file already says.")


class LeavesYourArea(Refusal):
    code = "registry.leaves_your_area"
    message = _(
        "The new place lies outside the area of your post. "
        "Close the record with the reason “moved away” instead."
    )


class SamePlace(Refusal):
    code = "registry.same_place"
    message = _("The child already lives there. A new address in the same place is a correction.")


class DayNotPossible(Refusal):
    code = "registry.day_not_possible"
    message = _("That day is not possible: it lies in the future or before the child was born.")


class StayBeganLater(Refusal):
    code = "registry.stay_began_later"
    message = _("The present stay began on %(since)s; the child cannot have moved on before.")


class OverlappingStay(Refusal):
    code = "registry.overlapping_stay"
    message = _("The file already has a stay for those days. Two stays never overlap.")


class HukouChangedThatDay(Refusal):
    code = "registry.hukou_changed_that_day"
    message = _("The file already has a change of hukou on that day.")


class OutOfOrder(Refusal):
    code = "registry.out_of_order"
    message = _("The last day lies before the first.")


class IsClosed(Refusal):
    code = "registry.is_closed"
    message = _("This record is closed. Reopen it first.")


class IsNotClosed(Refusal):
    code = "registry.is_not_closed"
    message = _("This record is not closed.")


class NotThere(Refusal):
    code = "registry.nothing_to_reveal"
    message = _("Nothing is recorded there.")


class ClueIsClosed(Refusal):
    code = "registry.clue_is_closed"
    message = _("This clue is closed already.")


class ClueNeedsChild(Refusal):
    code = "registry.clue_needs_child"
    message = _("Say which child the clue led to.")
