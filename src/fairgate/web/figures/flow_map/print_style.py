"""The map's colours for paper; on a page they come from ``fairgate.css``. The two say the same."""

PRINT_STYLE = (
    "<style>"
    "text{font-family:'Libertinus Sans','Liberation Sans','Noto Sans',sans-serif;font-size:13px;fill:#1b2124}"
    ".node text,.label{text-anchor:middle}"
    ".note,.legend text,.label{font-size:12px;fill:#566066}"
    ".node rect{fill:#f3f1ec;stroke:#7b8488;stroke-width:1}"
    ".node.external rect{fill:#e1eeee;stroke:#1d5c63}"
    ".node.focus rect{fill:#1d5c63;stroke:#1d5c63}.node.focus text{fill:#fff}"
    ".line{fill:none;stroke:#566066;stroke-width:1.5}.tip{fill:#566066;stroke:#566066}"
    ".w1 .line{stroke-width:1}.w3 .line{stroke-width:2.2}.w4 .line{stroke-width:3}.w5 .line{stroke-width:4}"
    ".help .line{stroke:#1d5c63}.help .tip{fill:none;stroke:#1d5c63;stroke-width:1.5}"
    ".release .line{stroke:#9a3b12}.release .tip{fill:#9a3b12;stroke:#9a3b12}"
    ".gate{fill:#fff;stroke:#9a3b12;stroke-width:1.6}"
    ".counted .line{stroke-dasharray:1.5 4;stroke-linecap:round}.counted .tip{fill:#fff}"
    ".back .line{stroke-dasharray:7 4}"
    "</style>"
)
