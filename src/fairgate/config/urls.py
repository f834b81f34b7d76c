"""One line a room."""

from django.urls import include, path

urlpatterns = [
    path("", include("fairgate.overview.urls")),
    path("people/", include("fairgate.people.urls")),
    path("organisation/", include("fairgate.organisation.urls")),
    path("gate/", include("fairgate.gate.urls")),
    path("protection/", include("fairgate.protection.urls")),
    path("fairness/", include("fairgate.fairness.urls")),
    path("improvement/", include("fairgate.improvement.urls")),
    path("work/", include("fairgate.work.urls")),
]
