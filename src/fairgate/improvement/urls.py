"""Addresses of the room `improvement`."""

from django.urls import path, register_converter

from fairgate.improvement import views
from fairgate.improvement.rules import Direction


class DirectionInPath:
    """``customer`` in an address, `Direction.CUSTOMER` in the view."""

    regex = "|".join(Direction)

    def to_python(self, value: str) -> Direction:
        return Direction(value)

    def to_url(self, value: str) -> str:
        return str(Direction(value))


register_converter(DirectionInPath, "direction")

app_name = "improvement"
urlpatterns = [
    path("", views.improvement, name="improvement"),
    path("mine/", views.mine, name="mine"),
    path("customers/", views.customers, name="customers"),
    path("interviews/", views.interviews, name="interviews"),
    path("interviews/new/<direction:direction>/<int:unit>/<int:other>/", views.plan, name="plan"),
    path("interviews/<int:pk>/", views.interview, name="interview"),
    path("interviews/<int:pk>/change/", views.change, name="change"),
    path("interviews/<int:pk>/thirty-minutes.ics", views.calendar, name="calendar"),
    path("interviews/<int:pk>/held/", views.hold, name="hold"),
    path("interviews/<int:pk>/call-off/", views.call_off, name="call-off"),
    path("interviews/<int:pk>/notes/", views.notes, name="notes"),
    path("interviews/<int:pk>/summary/", views.summary, name="summary"),
    path("interviews/<int:pk>/summary.pdf", views.summary_pdf, name="summary-pdf"),
    path("interviews/<int:pk>/share/", views.share, name="share"),
    path("themes/", views.themes, name="themes"),
    path("themes/<int:pk>/", views.theme, name="theme"),
    path("questions/<direction:direction>/<int:unit>/", views.guide, name="guide"),
    path("commitments/", views.commitments, name="commitments"),
    path("commitments/table.<str:form>", views.export, name="export"),
    path("commitments/new/", views.between, name="between"),
    path("commitments/new/<int:unit>/<int:other>/", views.promise, name="promise"),
    path("commitments/<int:pk>/", views.commitment, name="commitment"),
    path("commitments/<int:pk>/close/", views.close, name="close"),
    path("commitments/<int:pk>/reopen/", views.reopen, name="reopen"),
    path("commitments/<int:pk>/reassign/", views.reassign, name="reassign"),
    path("commitments/<int:pk>/answer/", views.answer, name="answer"),
    path("charter/", views.charters, name="charters"),
    path("charter/<int:unit>/", views.charter, name="charter"),
    path("charter/<int:unit>/charter.pdf", views.charter_pdf, name="charter-pdf"),
    path("charter/<int:unit>/change/", views.edit_charter, name="edit-charter"),
]
