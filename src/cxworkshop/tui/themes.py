"""The colours of the program. Widgets name tokens (`$primary`, `$text-muted`, …), never colours.

Every colour of text reaches a contrast of 4.5:1 on every background of its theme, which a test holds; colour never
carries meaning alone.
"""

from collections.abc import Mapping

from textual.theme import Theme

READABLE_CONTRAST = 4.5
"""The least contrast of text against its background."""

DARK = Theme(
    name="cxworkshop-dark",
    primary="#7cb8ff",
    secondary="#c0a8ff",
    accent="#ffc56e",
    warning="#ffb85c",
    error="#ff9a91",
    success="#86d695",
    foreground="#e9eef4",
    background="#10161d",
    surface="#17202a",
    panel="#22303d",
    dark=True,
    variables={
        "text": "#e9eef4",
        "text-muted": "#b3c0ce",
        "text-disabled": "#93a1b0",
        "foreground-muted": "#b3c0ce",
        "foreground-disabled": "#93a1b0",
        "block-cursor-background": "#7cb8ff",
        "block-cursor-foreground": "#10161d",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#22303d",
        "block-cursor-blurred-foreground": "#e9eef4",
        "block-hover-background": "#22303d",
        "input-cursor-background": "#e9eef4",
        "input-cursor-foreground": "#10161d",
        "input-selection-background": "#2f5f94",
        "input-selection-foreground": "#ffffff",
        "button-foreground": "#e9eef4",
        "button-color-foreground": "#10161d",
        "button-focus-text-style": "bold reverse",
        "border": "#7cb8ff",
        "border-blurred": "#5a6b7c",
        "scrollbar": "#5a6b7c",
        "scrollbar-background": "#17202a",
        "track": "#33424f",
    },
)
"""For a laptop or a projector in a dim room."""

LIGHT = Theme(
    name="cxworkshop-light",
    primary="#0a4a85",
    secondary="#57359a",
    accent="#7d4300",
    warning="#7d4300",
    error="#9a1b16",
    success="#17602f",
    foreground="#18212c",
    background="#fcfbf8",
    surface="#f3f1ec",
    panel="#e4e0d7",
    dark=False,
    variables={
        "text": "#18212c",
        "text-muted": "#465260",
        "text-disabled": "#59646f",
        "foreground-muted": "#465260",
        "foreground-disabled": "#59646f",
        "block-cursor-background": "#0a4a85",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#e4e0d7",
        "block-cursor-blurred-foreground": "#18212c",
        "block-hover-background": "#e4e0d7",
        "input-cursor-background": "#18212c",
        "input-cursor-foreground": "#fcfbf8",
        "input-selection-background": "#b9d4f0",
        "input-selection-foreground": "#18212c",
        "button-foreground": "#18212c",
        "button-color-foreground": "#ffffff",
        "button-focus-text-style": "bold reverse",
        "border": "#0a4a85",
        "border-blurred": "#8a8f96",
        "scrollbar": "#8a8f96",
        "scrollbar-background": "#f3f1ec",
        "track": "#cfcabf",
    },
)
"""For a bright room."""

PROJECTOR_CONTRAST = 7.0
"""The least contrast of text on the projector, where the room's light washes colours out."""

PROJECTOR = Theme(
    name="cxworkshop-projector",
    primary="#8fc7ff",
    secondary="#d3c2ff",
    accent="#ffd27a",
    warning="#ffcf70",
    error="#ffb3ab",
    success="#9be6a9",
    foreground="#ffffff",
    background="#000000",
    surface="#0a0e12",
    panel="#161e26",
    dark=True,
    variables={
        "text": "#ffffff",
        "text-muted": "#d3dbe3",
        "text-disabled": "#b9c3cd",
        "foreground-muted": "#d3dbe3",
        "foreground-disabled": "#b9c3cd",
        "block-cursor-background": "#8fc7ff",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#161e26",
        "block-cursor-blurred-foreground": "#ffffff",
        "block-hover-background": "#161e26",
        "input-cursor-background": "#ffffff",
        "input-cursor-foreground": "#000000",
        "input-selection-background": "#1d4169",
        "input-selection-foreground": "#ffffff",
        "button-foreground": "#ffffff",
        "button-color-foreground": "#000000",
        "button-focus-text-style": "bold reverse",
        "border": "#8fc7ff",
        "border-blurred": "#8794a1",
        "scrollbar": "#8794a1",
        "scrollbar-background": "#0a0e12",
        "track": "#3a4652",
    },
)
"""For the projector: on black, so that a blank one gives no light, and every text at a contrast of 7:1 and more."""

THEMES: tuple[Theme, ...] = (DARK, LIGHT, PROJECTOR)
"""Every theme the program registers; the first is the default."""

BY_WORD: Mapping[str, Theme] = {"dark": DARK, "light": LIGHT, "projector": PROJECTOR}
"""The themes by the words people ask for them with."""
