"""Where sessions are kept: TinyDB over an append-only journal, one folder per session."""
