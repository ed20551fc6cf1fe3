"""The screens: console, ballot, projector and home, over the same shared session."""
