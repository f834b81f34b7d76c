"""Addresses of the room `whatif`."""

from django.urls import path

from fairgate.whatif import views

app_name = "whatif"
urlpatterns = [
    path("", views.scenarios, name="scenarios"),
    path("new/", views.new_scenario, name="new-scenario"),
    path("scenarios/<uuid:pk>/", views.scenario, name="scenario"),
    path("scenarios/<uuid:pk>/records/", views.records, name="records"),
    path("scenarios/<uuid:pk>/change/<slug:section>/", views.section, name="section"),
    path("scenarios/<uuid:pk>/renew/", views.renew, name="renew"),
    path("scenarios/<uuid:pk>/run/", views.new_run, name="new-run"),
    path("runs/<uuid:pk>/", views.run, name="run"),
    path("runs/<uuid:pk>/again/", views.again, name="again"),
    path("runs/<uuid:pk>/page.pdf", views.run_pdf, name="run-pdf"),
    path("runs/<uuid:pk>/figures.csv", views.run_csv, name="run-csv"),
]
