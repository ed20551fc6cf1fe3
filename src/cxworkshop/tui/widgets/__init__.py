"""Widgets that all applications share."""
