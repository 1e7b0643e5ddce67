from django.urls import path

from tongxing.access.web.views import divisions, organisations, own_account, people, signing

app_name = "access"
urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-out/", signing.sign_out, name="sign_out"),
    path("sign-in/code/", own_account.second_factor, name="second_factor"),
    path("sign-in/authenticator/", own_account.enrol_second_factor, name="enrol_second_factor"),
    path("account/", own_account.my_account, name="my_account"),
    path("account/password/", own_account.change_password, name="change_password"),
    path("account/post/", own_account.switch_post, name="switch_post"),
    path(
        "account/devices/<uuid:device_id>/forget/",
        own_account.forget_device,
        name="forget_device",
    ),
    path("divisions/", divisions.divisions, name="divisions"),
    path("divisions/<int:code>/", divisions.division, name="division"),
    path("divisions/<int:code>/villages/new/", divisions.add_village, name="add_village"),
    path("divisions/<int:code>/successors/new/", divisions.add_successor, name="add_successor"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.found_organisation, name="found_organisation"),
    path("organisations/<uuid:organisation_id>/", organisations.organisation, name="organisation"),
    path(
        "organisations/<uuid:organisation_id>/close/",
        organisations.close_organisation,
        name="close_organisation",
    ),
    path(
        "organisations/<uuid:organisation_id>/posts/new/",
        organisations.create_post,
        name="create_post",
    ),
    path("posts/<uuid:post_id>/", organisations.post, name="post"),
    path("posts/<uuid:post_id>/end/", organisations.end_post, name="end_post"),
    path("posts/<uuid:post_id>/request/", people.request_grant, name="request_grant"),
    path("people/", people.people, name="people"),
    path("people/new/", people.open_account, name="open_account"),
    path("people/<uuid:account_id>/", people.person, name="person"),
    path("people/<uuid:account_id>/reset-password/", people.reset_password, name="reset_password"),
    path("people/<uuid:account_id>/close/", people.close_account, name="close_account"),
    path("people/<uuid:account_id>/reopen/", people.reopen_account, name="reopen_account"),
    path("grants/", people.grants_list, name="grants"),
    path("grants/<uuid:grant_id>/confirm/", people.confirm_grant, name="confirm_grant"),
    path("grants/<uuid:grant_id>/refuse/", people.refuse_grant, name="refuse_grant"),
    path("grants/<uuid:grant_id>/withdraw/", people.withdraw_grant, name="withdraw_grant"),
    path("appointments/<uuid:appointment_id>/end/", people.end_appointment, name="end_appointment"),
    path(
        "people/<uuid:account_id>/appointments/<uuid:appointment_id>/entry-check/",
        people.record_entry_check,
        name="record_entry_check",
    ),
    path("roles/", people.roles, name="roles"),
]
