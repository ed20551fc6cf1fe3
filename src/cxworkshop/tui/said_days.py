"""Days said back to the one who types them."""

from datetime import date

from cxworkshop.domain.days import day_and_distance
from cxworkshop.facilitation.ports import Services
from cxworkshop.tui.app import refusal_of


def day_said(text: str, services: Services) -> str:
    """How a typed day is understood, or why it is not; empty where nothing was typed."""
    if not text.strip():
        return ""
    today = services.clock().date()
    found: list[date] = []
    refused = refusal_of(lambda: found.append(services.dates(text, today)))
    return refused if refused is not None else day_and_distance(found[0], today)
