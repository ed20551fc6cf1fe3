"""Random ids, which tell nothing of order or time."""

from random import Random


def new_id(random: Random) -> str:
    """A new id of 16 hexadecimal digits."""
    return f"{random.getrandbits(64):016x}"
