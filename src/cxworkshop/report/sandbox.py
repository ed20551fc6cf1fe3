"""The sandbox that people's own templates are rendered in: plain data, text out of it, and nothing else in reach.

Imported only by the process that renders one template and ends, since it loads the template engine.
"""

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    nodes,
    pass_context,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from cxworkshop.domain.errors import CxWorkshopError
from cxworkshop.report.template_bounds import (
    Escape,
    Refused,
    count,
    escape_for,
    filters_for,
    joined,
    refuse_growth,
    refuse_longer,
)

METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset(
        {"upper", "lower", "title", "capitalize", "strip", "lstrip", "rstrip", "startswith", "endswith", "split"}
        | {"rsplit", "splitlines", "partition", "rpartition", "removeprefix", "removesuffix", "find", "count"}
    ),
    dict: frozenset({"get", "items", "keys", "values"}),
    list: frozenset({"index", "count"}),
    tuple: frozenset({"index", "count"}),
}
"""The methods that a template may call."""

FILTERS = frozenset(
    {"abs", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby", "int", "items", "last"}
    | {"length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "round", "safe", "select"}
    | {"selectattr", "sort", "string", "striptags", "sum", "title", "trim", "truncate", "unique", "upper"}
    | {"urlencode", "wordcount", "wordwrap"}
)
"""The filters of Jinja's that are kept as they are."""

_GLOBALS = ("dict", "cycler", "joiner", "namespace")
_VALUES = (*METHODS, int, float, bool, type(None), type, Undefined)
_TRACED_AS = "<template>"


class Faulty(CxWorkshopError):
    """A template cannot be rendered, as a sentence says.

    Args:
        sentence: What is wrong.
        line: The line of the template, from 1; None where that is not known.
    """

    def __init__(self, sentence: str, line: int | None) -> None:
        super().__init__(sentence)
        self.line = line


def rendered(source: str, name: str, data: Mapping[str, Any]) -> str:
    """What a template makes of plain data.

    What is printed is escaped for the kind of file that the template's name ends in, as `escape_for` says.

    Args:
        source: The template.
        name: Its file name.
        data: Text, numbers, booleans, None, lists and dictionaries.

    Raises:
        Faulty: The template is no Jinja, asks for what is not there or what it may not have, or makes too much.
    """
    pieces, length = [], 0
    try:
        for piece in _environment(escape_for(name)).from_string(source).generate(data):
            length += len(piece)
            refuse_longer(length)
            pieces.append(piece)
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise Faulty(_sentence(error), _line_of(error)) from error
    except (RecursionError, SyntaxError) as error:
        raise Faulty("it is nested too deeply, or calls itself without an end.", _line_of(error)) from error
    except MemoryError as error:
        raise Faulty("it takes more memory than a template may.", _line_of(error)) from error
    return "".join(pieces)


def _environment(escaped: Escape) -> Environment:
    environment = _Sandbox(
        loader=_NoOtherFiles(),
        undefined=_NotThere,
        # So that macros and blocks give marked text. What is printed is marked by `finalize`, which escapes for the
        # kind of file, and Jinja's own escaping for HTML leaves what is marked.
        autoescape=True,
        finalize=_printed(escaped),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.escaped = escaped
    kept = {word: does for word, does in environment.filters.items() if word in FILTERS}
    environment.filters = {**kept, **filters_for(escaped)}
    environment.globals = {word: environment.globals[word] for word in _GLOBALS} | {"range": count}
    return environment


class _NotThere(StrictUndefined):
    """What is not there: any use of it is refused in a sentence of ours."""

    @property
    def _undefined_message(self) -> str:
        where = "in the data" if self._undefined_obj is missing else "here"
        return self._undefined_hint or f"there is no “{self._undefined_name}” {where}"


class _NoOtherFiles(BaseLoader):
    """Reaches no other file."""

    def get_source(self, environment: Environment, template: str) -> NoReturn:  # noqa: ARG002 - named by Jinja
        raise Refused("a template stands alone: include, import and extends reach no other file")


class _Code(CodeGenerator):
    """Lets texts that are put together (`a ~ b`) be joined by us, within bounds and with our escapes."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - named by Jinja
        self.write("environment.together((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, closed further: few methods, and no value that grows beyond bounds."""

    code_generator_class = _Code
    intercepted_binops = frozenset({"+", "*", "**", "%"})
    escaped: Escape = Markup

    def together(self, parts: tuple[object, ...]) -> str:
        """Texts put together."""
        return joined(self.escaped, parts)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What stands in the data goes before a method of the same name: `round.items` is the round's items."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have an attribute: of values a few methods, of Jinja's own things what it says."""
        for kind, names in METHODS.items():
            if isinstance(obj, kind):
                return attr in names
        return not isinstance(obj, _VALUES) and super().is_safe_attribute(obj, attr, value)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """What stands for an attribute that a template may not have."""
        return self.undefined(f"“{attribute}” may not be used in a template", name=attribute, obj=obj, exc=Refused)

    def wrap_str_format(self, value: Any) -> None:
        """Text has no method that formats: it could make text of any length."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """A sum, product, power or format within bounds."""
        refuse_growth(operator, left, right)
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return self.together((left, right))
        plain = str(left) if operator == "%" and isinstance(left, str) else left
        return super().call_binop(context, operator, plain, right)


def _printed(escaped: Escape) -> Callable[[Context, object], object]:
    """What becomes of a value that is printed: text is escaped, None is nothing, lists and their like are refused."""

    # With the context, so that what a template says literally takes the same way, and not Jinja's at compiling.
    @pass_context
    def printed(context: Context, value: object) -> object:  # noqa: ARG001 - as said above
        if isinstance(value, str):
            return escaped(value)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int | float | Undefined):
            return value
        raise Refused("what is printed is neither text nor a number: say what of it, or go over it in a loop")

    return printed


def _sentence(error: Exception) -> str:
    message = " ".join(str(error).split())[:300].rstrip(".")
    if isinstance(error, Refused | UndefinedError):
        return f"{message}."
    if isinstance(error, TemplateSyntaxError):
        return f"it is not written as Jinja wants it: {message}."
    if isinstance(error, SecurityError):
        return "it asks for something that templates may not have."
    if isinstance(error, ZeroDivisionError):
        return "it divides by nought."
    return f"the values do not go together: {message}."


def _line_of(error: BaseException) -> int | None:
    """The line of the template that an error comes from; Jinja puts it into the trace."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _TRACED_AS:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
