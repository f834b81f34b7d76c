"""Addresses of the gate: requests, decisions, slips and promises."""

from django.urls import URLPattern, path

from fairgate.gate.views import decisions, lists, promises, requests, slips, submitting

urlpatterns: list[URLPattern] = [
    path("", promises.gate, name="gate"),
    path("promises/", promises.promises, name="promises"),
    path("requests/", lists.requests, name="requests"),
    path("requests/table.<str:form>", lists.export, name="export-requests"),
    path("requests/new/", submitting.choose, name="submit"),
    path("requests/new/<int:kind>/", submitting.submit, name="submit-kind"),
    path("requests/<int:pk>/", requests.request_page, name="request"),
    path("requests/<int:pk>/withdraw/", requests.withdraw, name="withdraw"),
    path("requests/<int:pk>/warn/", requests.warn, name="warn"),
    path("requests/<int:pk>/reassign/", requests.reassign, name="reassign"),
    path("requests/<int:pk>/review/", decisions.review, name="review"),
    path("requests/<int:pk>/decide/", decisions.decide, name="decide"),
    path("requests/<int:pk>/examples/", slips.examples, name="examples"),
    path("requests/<int:pk>/slip/", slips.slip, name="slip"),
    path("requests/<int:pk>/slip.pdf", slips.slip_pdf, name="slip-pdf"),
    path("requests/<int:pk>/slip/write/", slips.write_slip, name="write-slip"),
    path("requests/<int:pk>/second-look/", decisions.ask_second_look, name="second-look"),
    path("requests/<int:pk>/second-look/give/", decisions.look_again, name="look-again"),
]
