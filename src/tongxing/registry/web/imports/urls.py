from django.urls import path

from tongxing.registry.web.imports import rows, steps

app_name = "imports"
urlpatterns = [
    path("imports/", steps.history, name="history"),
    path("imports/new/", steps.upload, name="upload"),
    path("imports/<uuid:batch_id>/", steps.batch, name="batch"),
    path("imports/<uuid:batch_id>/progress/", steps.progress, name="progress"),
    path("imports/<uuid:batch_id>/columns/", steps.columns, name="columns"),
    path("imports/<uuid:batch_id>/commit/", steps.commit, name="commit"),
    path("imports/<uuid:batch_id>/undo/", steps.undo, name="undo"),
    path("imports/<uuid:batch_id>/discard/", steps.discard, name="discard"),
    path("imports/<uuid:batch_id>/decide/", rows.decide, name="decide"),
    path("imports/<uuid:batch_id>/for-the-source.xlsx", rows.error_workbook, name="errors"),
]
