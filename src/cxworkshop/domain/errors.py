"""Everything the program refuses, as one family of errors.

Each error carries one plain sentence that says what is wrong and what to do about it. They are raised anywhere and
caught at two places only: the command line and the terminal application.
"""


class CxWorkshopError(Exception):
    """The base of every refusal; `str(error)` is the sentence shown to people."""

    exit_code = 1


class WrongUsage(CxWorkshopError):
    """The command was called in a way it cannot mean anything."""

    exit_code = 2
