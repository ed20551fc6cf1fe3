"""The facilitator's key phrase, kept as a salted hash only."""

import hashlib
import hmac
from random import Random

from cxworkshop.domain.text import name_key

_COST = 2**12
"""Work factor of scrypt: a few milliseconds, enough for a phrase that guards a screen, not a vault."""


def hashed(phrase: str, *, random: Random) -> str:
    """The stored form of a phrase: salt and scrypt digest in hexadecimal; empty for an empty phrase."""
    if not name_key(phrase):
        return ""
    salt = random.randbytes(16)
    return f"{salt.hex()}${_digest(phrase, salt).hex()}"


def matches(phrase: str, stored: str) -> bool:
    """Whether a typed phrase is the stored one; case and spacing do not matter. Where none is set, any phrase is."""
    if not stored:
        return True
    salt, _, digest = stored.partition("$")
    return hmac.compare_digest(_digest(phrase, bytes.fromhex(salt)), bytes.fromhex(digest))


def _digest(phrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(name_key(phrase).encode(), salt=salt, n=_COST, r=8, p=1, dklen=32)
