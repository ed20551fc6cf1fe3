"""The projector: what the whole room sees, read-only, following the console."""
