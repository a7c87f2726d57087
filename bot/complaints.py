"""Turns what pydantic has against some settings into lines for people: key, value, what is expected."""

from collections.abc import Collection

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from retrieval.settings import StrictModel

_EXPECTED = {
    "path_type": "a folder or a file",
    "string_type": "text",
    "string_too_short": "text that isn't empty",
    "string_pattern_mismatch": "a two-letter code such as en, or auto",
    "tuple_type": "a list, such as [12345]",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "greater_than": "a number above {gt}",
    "greater_than_equal": "a number from {ge}",
    "less_than_equal": "a number up to {le}",
    "literal_error": "{expected}",
    "invalid_key": "a key that is text",
}
"""By pydantic's name for what is wrong."""


def explain(
    error: ValidationError, model: type[StrictModel], hidden: Collection[str]
) -> list[str]:
    """A line for each thing that is wrong.

    Args:
        error: what pydantic says.
        model: what it checked.
        hidden: fields of the model that aren't read from a file.
    """
    return [_line(problem, model, hidden) for problem in error.errors()]


def _line(problem: ErrorDetails, model: type[StrictModel], hidden: Collection[str]) -> str:
    location, kind = problem["loc"], problem["type"]
    key = ".".join(str(part) for part in location)
    if kind == "extra_forbidden":
        known = [name for name in _group(model, location[:-1]).model_fields if name not in hidden]
        return f"{key}: unknown key; expected one of {', '.join(known)}"
    if kind == "model_type":
        known = list(_group(model, location).model_fields)
        expected = f"a group with one or more of {', '.join(known)}"
    elif kind in _EXPECTED:
        expected = _EXPECTED[kind].format(**problem.get("ctx", {}))
    else:
        expected = problem["msg"].removeprefix("Value error, ")
    value = "nothing" if problem["input"] is None else repr(problem["input"])
    return f"{key}: {value}: expected {expected}"


def _group(model: type[StrictModel], location: tuple[int | str, ...]) -> type[StrictModel]:
    for part in location:
        annotation = model.model_fields[str(part)].annotation
        if isinstance(annotation, type) and issubclass(annotation, StrictModel):
            model = annotation
    return model
