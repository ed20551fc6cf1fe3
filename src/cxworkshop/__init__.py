"""Run a live group session on customer experience from a terminal."""
