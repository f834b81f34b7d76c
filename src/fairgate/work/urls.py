"""`/work/`."""

from django.urls import path

from fairgate.work import views

app_name = "work"
urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<uuid:job_id>/", views.job, name="job"),
    path("<uuid:job_id>/cancel/", views.cancel, name="cancel"),
]
