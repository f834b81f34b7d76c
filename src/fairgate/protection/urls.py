"""Addresses of the room `protection`."""

from django.urls import path

from fairgate.protection import views

app_name = "protection"
urlpatterns = [
    path("", views.protection, name="protection"),
    path("page.pdf", views.protection_pdf, name="protection-pdf"),
    path("escapes/", views.escapes, name="escapes"),
    path("catches/", views.catches, name="catches"),
    path("catches/<int:pk>/", views.catch, name="catch"),
    path("catches/table.<str:form>", views.export_catches, name="export-catches"),
    path("complaints/", views.complaints, name="complaints"),
    path("complaints/new/", views.report, name="report"),
    path("complaints/template.xlsx", views.template, name="template"),
    path("complaints/table.<str:form>", views.export_complaints, name="export-complaints"),
    path("complaints/<int:pk>/", views.complaint, name="complaint"),
    path("complaints/<int:pk>/reply/", views.reply, name="reply"),
    path("complaints/<int:pk>/not-investigated/", views.not_investigated, name="not-investigated"),
    path("complaints/<int:pk>/reference/", views.reference, name="reference"),
    path("complaints/<int:pk>/link/", views.link, name="link"),
    path("complaints/<int:pk>/unlink/<int:decision>/", views.unlink, name="unlink"),
    path("imports/", views.imports, name="imports"),
    path("imports/new/", views.new_import, name="new-import"),
    path("imports/<uuid:pk>/", views.one_import, name="import"),
    path("imports/<uuid:pk>/apply/", views.apply_import, name="apply-import"),
    path("imports/<uuid:pk>/discard/", views.discard_import, name="discard-import"),
]
