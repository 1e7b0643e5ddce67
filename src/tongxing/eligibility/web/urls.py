from django.urls import path

from tongxing.eligibility.web import packs, verdicts

app_name = "eligibility"
urlpatterns = [
    path("children/<uuid:child_id>/verdict/", verdicts.verdict, name="verdict"),
    path("policies/", packs.packs, name="packs"),
    path("policies/<slug:pack_id>/", packs.pack, name="pack"),
]
