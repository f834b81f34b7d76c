"""The customer map: who passes what to whom, from providers on the left to external customers on the right.

A layered drawing (Sugiyama, Tagawa & Toda 1981, doi:10.1109/TSMC.1981.4308636) made on the server as plain
SVG: classes only, so the page's own colours and its strict policy hold; each unit is a link that the keyboard
reaches column by column. A module for each step: ``columns`` breaks cycles and gives every node a column,
``order`` sorts the columns so that few lines cross, ``places`` turns the order into heights, ``layout`` joins
them, ``draw`` draws.

``draw`` knows no Django. The page wraps what it returns with ``web/flow_map.html``.
"""

from fairgate.web.figures.flow_map.draw import draw
from fairgate.web.figures.flow_map.graph import Edge, EdgeKind, Node, NodeKind, Words

__all__ = ["Edge", "EdgeKind", "Node", "NodeKind", "Words", "draw"]
