"""What is said about service lists."""

from django.utils.translation import gettext_lazy as _

from tongxing.eligibility.values.service_lists import ListState
from tongxing.rulebook.content import Domain
from tongxing.rulebook.content_entries import PlaceWord
from tongxing.rulebook.floor import Change, FloorStatus, Shortfall
from tongxing.rulebook.offers import Mode

STATES = {
    ListState.DRAFT: _("draft"),
    ListState.SUBMITTED: _("waits for approval"),
    ListState.APPROVED: _("approved, not published yet"),
    ListState.PUBLISHED: _("published"),
    ListState.FILED: _("published and filed"),
    ListState.SUPERSEDED: _("superseded"),
    ListState.DISCARDED: _("discarded"),
}
TONES = {
    ListState.DRAFT: "info",
    ListState.SUBMITTED: "warn",
    ListState.APPROVED: "info",
    ListState.PUBLISHED: "good",
    ListState.FILED: "good",
}
DOMAINS = {
    Domain.NURTURE: _("Nurture of the young"),
    Domain.SCHOOLING: _("Schooling"),
    Domain.HEALTH: _("Medical care"),
    Domain.HOUSING: _("Housing"),
    Domain.SUPPORT: _("Support of the weak"),
    Domain.DEVELOPMENT: _("Development"),
}
FLOORS = {
    FloorStatus.MET: _("Keeps everything the list above promises."),
    FloorStatus.CONDITIONAL: _("Keeps the list above, as long as both routes stay open."),
    FloorStatus.GAPS: _("Falls behind the list above."),
    FloorStatus.BASE_LIST_MISSING: _("The list above is not loaded: nobody can tell."),
    FloorStatus.OWN_LIST_MISSING: _("This list holds nothing yet."),
}
FLOOR_TONES = {
    FloorStatus.MET: "good",
    FloorStatus.CONDITIONAL: "info",
    FloorStatus.GAPS: "bad",
    FloorStatus.BASE_LIST_MISSING: "warn",
    FloorStatus.OWN_LIST_MISSING: "warn",
}
SHORTFALLS = {
    Shortfall.UNCOVERED: _("nothing in this list realises it"),
    Shortfall.TARGET: _("this list reaches fewer children"),
    Shortfall.ROUTE: _("decided at another place: keep both routes open"),
}
CHANGES = {
    Change.IDENTICAL: _("as above"),
    Change.EXTENDED: _("extended or changed"),
    Change.SPLIT: _("split from one item"),
    Change.NEW: _("new here"),
}
PLACES = {
    PlaceWord.RESIDENCE: _("place of residence"),
    PlaceWord.RESIDENCE_TOWNSHIP: _("township of residence"),
    PlaceWord.HUKOU: _("hukou place"),
    PlaceWord.EMERGENCY: _("place where the emergency happens"),
    PlaceWord.INSTITUTION: _("institution"),
    PlaceWord.DEPARTMENT: _("department responsible"),
    PlaceWord.SCHOOL: _("school"),
    PlaceWord.DECIDING_PLACE: _("place that decides"),
    PlaceWord.NOT_STATED: _("the text does not say"),
    PlaceWord.NONE: _("nobody"),
}
MODES = {
    Mode.LOCAL: _("handled locally"),
    Mode.IN_PROVINCE: _("handled within the province (省内通办)"),
    Mode.CROSS_PROVINCE: _("handled across provinces (跨省通办)"),
}
EVENTS = {
    "eligibility.list.begun": _("Service list no. %(number)s was begun"),
    "eligibility.list.item_rewritten": _("Item %(item)s of the service list was rewritten"),
    "eligibility.list.item_added": _("Item %(item)s was added to the service list"),
    "eligibility.list.struck_out": _("%(item)s %(letter)s was struck out of the service list"),
    "eligibility.list.put_back": _("%(item)s was put back into the service list"),
    "eligibility.list.named": _("The service list was given a title"),
    "eligibility.list.justified": _("A gap at %(item)s of the service list was justified"),
    "eligibility.list.submitted": _("Service list no. %(number)s was handed in for approval"),
    "eligibility.list.sent_back": _("Service list no. %(number)s was sent back"),
    "eligibility.list.approved": _("Service list no. %(number)s was approved"),
    "eligibility.list.published": _(
        "Service list no. %(number)s was published, in force from %(valid_from)s"
    ),
    "eligibility.list.filed": _("Service list no. %(number)s was filed with the level above"),
    "eligibility.list.received": _("The level above confirmed service list no. %(number)s"),
    "eligibility.list.discarded": _("Service list no. %(number)s was discarded"),
}
