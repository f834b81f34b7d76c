"""Addresses of the room `fairness`."""

from django.urls import path

from fairgate.fairness import views

app_name = "fairness"
urlpatterns = [
    path("", views.scorecard, name="scorecard"),
    path("page.pdf", views.scorecard_pdf, name="scorecard-pdf"),
    path("agreement/<int:unit>/", views.agreement, name="agreement"),
    path("agreement/<int:unit>/withdraw/", views.withdraw, name="withdraw"),
    path("periods/", views.use_periods, name="use-periods"),
    path("runs/new/<uuid:survey>/", views.new_run, name="new-run"),
    path("runs/<uuid:pk>/", views.run, name="run"),
    path("tables/", views.surveys, name="surveys"),
    path("tables/new/", views.new_survey, name="new-survey"),
    path("tables/<uuid:pk>/", views.survey, name="survey"),
    path("tables/<uuid:pk>/columns/", views.columns, name="columns"),
    path("tables/<uuid:pk>/apply/", views.apply_survey, name="apply-survey"),
    path("tables/<uuid:pk>/discard/", views.discard_survey, name="discard-survey"),
]
