"""Two people at work on one thing: what each of them changed is kept."""

from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Value = TypeVar("Value", bound="DataclassInstance")


def merged(present: Value, seen: Value, made: Value) -> Value:
    """The present value with just those fields changed in which `made` differs from what its maker saw.

    Where both have changed the same field, the one who comes later is heard.

    Args:
        present: The value as it is now.
        seen: The value as it was when its maker began.
        made: What its maker made of it.
    """
    changed = {part.name for part in fields(seen) if getattr(made, part.name) != getattr(seen, part.name)}
    return replace(present, **{name: getattr(made, name) for name in changed})
