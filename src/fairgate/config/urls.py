"""One line a room."""

from django.urls import include, path

urlpatterns = [
    path("", include("fairgate.overview.urls")),
    path("people/", include("fairgate.people.urls")),
    path("organisation/", include("fairgate.organisation.urls")),
    path("gate/", include("fairgate.gate.urls")),
    path("protection/", include("fairgate.protection.urls")),
    path("voice/", include("fairgate.voice.urls")),
    path("fairness/", include("fairgate.fairness.urls")),
    path("improvement/", include("fairgate.improvement.urls")),
    path("whatif/", include("fairgate.whatif.urls")),
    path("work/", include("fairgate.work.urls")),
]
