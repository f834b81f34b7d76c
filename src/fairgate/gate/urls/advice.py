"""Addresses of the gate: advice."""

from django.urls import URLPattern, path

from fairgate.gate.views import advice

urlpatterns: list[URLPattern] = [
    path("advice/", advice.questions, name="questions"),
    path("advice/new/", advice.choose, name="ask"),
    path("advice/new/<int:kind>/", advice.ask, name="ask-kind"),
    path("advice/<int:pk>/", advice.question, name="question"),
    path("advice/<int:pk>/answer/", advice.answer, name="answer"),
]
