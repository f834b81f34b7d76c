"""The map as a picture: addresses and words for what queries found."""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from fairgate.organisation.queries import CustomerMap, Link
from fairgate.web.figures.flow_map import Edge, Node, NodeKind, Words, draw


def drawn(whole: CustomerMap, *, focus: Any = None) -> SafeString:
    """SVG; every unit is a link. Everything from people is escaped by the drawing."""
    units = [
        Node(
            key=f"u{unit.pk}",
            label=unit.name,
            url=reverse("organisation:unit", args=[unit.pk]),
            note=_("your function") if unit.is_function else "",
        )
        for unit in whole.units
    ]
    externals = [Node(key=f"x{one.pk}", label=one.name, kind=NodeKind.EXTERNAL) for one in whole.externals]
    svg = draw(
        [*units, *externals],
        [_edge(link) for link in whole.links],
        title=_("Customer map"),
        description=_(
            "Who needs whom to serve the external customers on the right. The same facts stand in the table below."
        ),
        focus=f"u{focus.pk}" if focus else None,
        words=_words(),
    )
    return mark_safe(svg)  # noqa: S308


def _edge(link: Link) -> Edge:
    target = f"{'u' if link.to_unit else 'x'}{link.target.pk}"
    return Edge(
        source=f"u{link.source.pk}",
        target=target,
        kinds=link.kinds,
        share=link.share,
        label=_("assumed") if link.assumed else ", ".join(link.what),
    )


def _words() -> Words:
    return Words(
        release=_("releases or refuses (a gate)"),
        help=_("helps"),
        work=_("passes work on"),
        counted=_("counted in records only"),
        returns=_("runs from right to left"),
        external=_("external customer"),
        to=_("to"),
        empty=_("There is nothing to draw yet."),
    )
