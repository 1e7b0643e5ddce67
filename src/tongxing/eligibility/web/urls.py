from django.urls import path

from tongxing.eligibility.web import desk, entitlements, packs, public_lists, verdicts

app_name = "eligibility"
urlpatterns = [
    path("children/<uuid:child_id>/verdict/", verdicts.verdict, name="verdict"),
    path("children/<uuid:child_id>/entitlements/", entitlements.entitlements, name="entitlements"),
    path("children/<uuid:child_id>/entitlements.json", entitlements.as_json, name="about_child"),
    path("children/<uuid:child_id>/answers/", entitlements.declare, name="declare"),
    path("children/<uuid:child_id>/deliveries/", entitlements.deliver, name="deliver"),
    path("children/<uuid:child_id>/deliveries/undo/", entitlements.withdraw, name="undeliver"),
    path("policies/", packs.packs, name="packs"),
    path("policies/<slug:pack_id>/", packs.pack, name="pack"),
    path("lists/", public_lists.lists, name="lists"),
    path("lists/compare/", public_lists.side_by_side, name="list_compare"),
    path("lists/<uuid:list_id>/", public_lists.of_place, name="list_read"),
    path("lists/pack/<slug:pack_id>/", public_lists.of_pack, name="list_of_pack"),
    path("service-lists/", desk.desk, name="desk"),
    path("service-lists/begin/", desk.begin, name="list_begin"),
    path("service-lists/<uuid:list_id>/", desk.one_list, name="list"),
    path("service-lists/<uuid:list_id>/title/", desk.name_it, name="list_title"),
    path("service-lists/<uuid:list_id>/items/new/", desk.new_item, name="list_new_item"),
    path("service-lists/<uuid:list_id>/items/<str:code>/", desk.item, name="list_item"),
    path("service-lists/<uuid:list_id>/strike-out/", desk.strike_out, name="list_strike_out"),
    path("service-lists/<uuid:list_id>/put-back/", desk.put_back, name="list_put_back"),
    path("service-lists/<uuid:list_id>/justify/", desk.justify, name="list_justify"),
    path("service-lists/<uuid:list_id>/submit/", desk.submit, name="list_submit"),
    path("service-lists/<uuid:list_id>/approve/", desk.approve, name="list_approve"),
    path("service-lists/<uuid:list_id>/send-back/", desk.send_back, name="list_send_back"),
    path("service-lists/<uuid:list_id>/publish/", desk.publish, name="list_publish"),
    path("service-lists/<uuid:list_id>/file/", desk.file, name="list_file"),
    path("service-lists/<uuid:list_id>/confirm/", desk.acknowledge, name="list_acknowledge"),
    path("service-lists/<uuid:list_id>/discard/", desk.discard, name="list_discard"),
    path("service-lists/<uuid:list_id>/revise/", desk.revise, name="list_revise"),
]
