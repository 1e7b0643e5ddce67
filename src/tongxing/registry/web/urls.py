from django.urls import path

from tongxing.registry.web.views import changes, clues, corrections, files, lists, registration

app_name = "registry"
urlpatterns = [
    path("children/", lists.children, name="children"),
    path("children/search/", lists.search, name="search"),
    path("children/export/", lists.export, name="export"),
    path("children/places/<int:code>/", lists.branch, name="places"),
    path("children/new/", registration.register, name="register"),
    path("children/<uuid:child_id>/", files.child, name="child"),
    path("children/<uuid:child_id>/history/", files.child_history, name="history"),
    path("children/<uuid:child_id>/looks/", files.child_looks, name="looks"),
    path("children/<uuid:child_id>/print/", files.printed, name="print"),
    path("children/<uuid:child_id>/reveal/<slug:secret>/", files.reveal, name="reveal"),
    path(
        "children/<uuid:child_id>/reveal/<slug:secret>/<uuid:guardian_id>/",
        files.reveal,
        name="reveal_guardian",
    ),
    path("children/<uuid:child_id>/correct/", corrections.correct, name="correct"),
    path("children/<uuid:child_id>/confirm/", changes.confirm, name="confirm"),
    path("children/<uuid:child_id>/verify/", changes.verify, name="verify"),
    path("children/<uuid:child_id>/move/", changes.move, name="move"),
    path("children/<uuid:child_id>/stay/", changes.date_stay, name="stay"),
    path("children/<uuid:child_id>/hukou/", changes.change_hukou, name="hukou"),
    path("children/<uuid:child_id>/absence/", changes.note_absence, name="absence"),
    path("children/<uuid:child_id>/help/", changes.ask_for_help, name="help"),
    path("children/<uuid:child_id>/contact-lost/", changes.lose_contact, name="contact_lost"),
    path("children/<uuid:child_id>/close/", changes.close, name="close"),
    path("children/<uuid:child_id>/reopen/", changes.reopen, name="reopen"),
    path("clues/", clues.clue_list, name="clues"),
    path("clues/new/", clues.report, name="report"),
    path("clues/<uuid:clue_id>/", clues.clue, name="clue"),
    path("clues/<uuid:clue_id>/take-up/", clues.take_up, name="take_up"),
    path("clues/<uuid:clue_id>/resolve/", clues.resolve, name="resolve"),
    path("clues/<uuid:clue_id>/link/", clues.link, name="link"),
    path("clues/<uuid:clue_id>/contact/", clues.contact, name="clue_contact"),
]
