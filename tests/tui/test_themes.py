"""Colours can be read: every colour of text on every background of its theme."""

import pytest
from textual.color import Color
from textual.theme import Theme

from cxworkshop.tui.themes import PROJECTOR, PROJECTOR_CONTRAST, READABLE_CONTRAST, THEMES

TEXTS = (
    "foreground",
    "text",
    "text-muted",
    "text-disabled",
    "primary",
    "secondary",
    "accent",
    "warning",
    "error",
    "success",
)
BACKGROUNDS = ("background", "surface", "panel")
PAIRS = (
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("input-selection-foreground", "input-selection-background"),
    ("button-foreground", "surface"),
    ("button-color-foreground", "primary"),
    ("button-color-foreground", "warning"),
    ("button-color-foreground", "error"),
    ("button-color-foreground", "success"),
)


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""

    def luminance(color: Color) -> float:
        parts = [part / 255 for part in (color.r, color.g, color.b)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colours(theme: Theme) -> dict[str, str]:
    """Every token of a theme."""
    return theme.to_color_system().generate()


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("background", BACKGROUNDS)
def test_text_can_be_read_on_every_background(theme: Theme, text: str, background: str) -> None:
    tokens = colours(theme)
    found = contrast(Color.parse(tokens[text]), Color.parse(tokens[background]))
    assert found >= READABLE_CONTRAST, f"{text} on {background}: {found:.2f}"


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("background", BACKGROUNDS)
def test_a_projector_in_a_lit_room_gets_more_contrast_still(text: str, background: str) -> None:
    tokens = colours(PROJECTOR)
    assert contrast(Color.parse(tokens[text]), Color.parse(tokens[background])) >= 7


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize(("text", "background"), PAIRS)
def test_pairs_that_belong_together_can_be_read(theme: Theme, text: str, background: str) -> None:
    tokens = colours(theme)
    found = contrast(Color.parse(tokens[text]), Color.parse(tokens[background]))
    assert found >= READABLE_CONTRAST, f"{text} on {background}: {found:.2f}"


def test_a_dark_and_a_light_theme_are_there_and_define_the_same_tokens() -> None:
    assert {theme.dark for theme in THEMES} == {True, False}
    assert len({frozenset(theme.variables) for theme in THEMES}) == 1


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("text", ["primary", "secondary", "accent", "warning", "error", "success"])
def test_the_inks_of_charts_can_be_read_from_the_back_of_the_room(text: str, background: str) -> None:
    tokens = colours(PROJECTOR)
    found = contrast(Color.parse(tokens[f"text-{text}"]), Color.parse(tokens[background]))
    assert found >= PROJECTOR_CONTRAST == 7, f"text-{text} on {background}: {found:.2f}"


@pytest.mark.parametrize(("text", "background"), PAIRS)
def test_pairs_on_the_projector_can_be_read_from_the_back_of_the_room(text: str, background: str) -> None:
    tokens = colours(PROJECTOR)
    assert contrast(Color.parse(tokens[text]), Color.parse(tokens[background])) >= PROJECTOR_CONTRAST


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("text", ["foreground", "text-success", "text-warning", "text-error"])
def test_notifications_can_be_read(theme: Theme, text: str) -> None:
    tokens = colours(theme)
    least = PROJECTOR_CONTRAST if theme is PROJECTOR else READABLE_CONTRAST
    assert contrast(Color.parse(tokens[text]), Color.parse(tokens["panel-lighten-1"])) >= least
