"""Run a live group session on customer experience from a terminal."""

__version__ = "0.1.0"
