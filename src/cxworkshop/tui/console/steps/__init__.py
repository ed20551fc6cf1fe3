"""One view per step of the flow."""
