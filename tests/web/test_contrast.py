"""Colours of the style sheet, in light, in dark and on paper: contrast as WCAG 2.2 defines it."""

import re
from pathlib import Path

import pytest

import fairgate.web

SHEET = (Path(fairgate.web.__file__).parent / "static" / "web" / "fairgate.css").read_text()
ROOTS = re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)


def colours(root):
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})\b", root))
    return {
        name: "#" + "".join(2 * sign for sign in value[1:]) if len(value) == 4 else value
        for name, value in found.items()
    }


LIGHT, DARK, PAPER = (colours(root) for root in ROOTS)
SCHEMES = {"light": LIGHT, "dark": DARK, "paper": LIGHT | PAPER}


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_knows_black_on_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "paper", 7),
        ("ink", "raised", 7),
        ("ink", "accent-soft", 7),
        ("muted", "paper", 4.5),
        ("muted", "raised", 4.5),
        ("accent", "paper", 4.5),
        ("accent", "raised", 4.5),
        ("accent-strong", "accent-soft", 4.5),
        ("accent", "accent-soft", 4.5),
        ("on-accent", "accent", 4.5),
        ("on-accent", "accent-strong", 4.5),
        ("bad", "paper", 4.5),
        ("bad", "bad-soft", 4.5),
        ("warn", "warn-soft", 4.5),
        ("good", "good-soft", 4.5),
        ("ink", "bad-soft", 4.5),
        ("ink", "warn-soft", 4.5),
        ("ink", "good-soft", 4.5),
        ("control", "paper", 3),
        ("control", "raised", 3),
        ("focus", "paper", 3),
        ("focus", "raised", 3),
        ("gate", "paper", 3),
    ],
)
def test_everything_is_readable(scheme, text, ground, least):
    found = SCHEMES[scheme]
    assert contrast(found[text], found[ground]) >= least
