"""Runs in the Python that is going to be frozen: imports the rules, and takes away what they need no more."""

import gc
import posix
import sys
from types import CodeType, FunctionType, ModuleType

# Only what evaluates annotations wants syntax trees, which does not run here; their hundred types would stay for good.
sys.modules["ast"] = _syntax = ModuleType("ast")
_syntax.__getattr__ = lambda _: object  # type: ignore[method-assign]  # until everything is imported

from collections.abc import Iterator
from functools import cache
from typing import Any

sys.path.append("/lib/python3.14/site-packages")

from calculator.sealed import answer  # noqa: F401  # which freeze.mjs asks
from calculator.view import WORDS
from rules.wording import WORDINGS, Wording

_OURS = "site-packages/"
IMMUTABLE_TYPE = 1 << 8  # a flag of types in C, which take no other docstring
CO_GENERATOR, CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 0x20, 0x80, 0x100, 0x200


def _trap(*_: Any, **__: Any) -> None:
    "posix".abort()  # type: ignore[attr-defined]  # the text gives way to the module of that name


# Code that ends this Python, whatever it is given. Nothing can catch that: the page asks a fuller one.
_TRAP = _trap.__code__.replace(
    co_consts=tuple(posix if each == "posix" else each for each in _trap.__code__.co_consts)
)
# A function may only get code of its own type: generators and coroutines have these flags.
_TYPES = CO_GENERATOR | CO_COROUTINE | CO_ITERABLE_COROUTINE | CO_ASYNC_GENERATOR


class _Elsewhere:
    """Stands for the wording of a language that this Python does not have: to use it is a trap."""

    __getattribute__ = FunctionType(_TRAP, {})
    __call__ = __getattribute__


def speak(language: str) -> None:
    """Have the wording of one language alone."""
    for wordings in (WORDINGS, WORDS):
        for other in {*wordings} - {language}:
            wordings[other] = _Elsewhere()  # type: ignore[assignment]


def leave(ran: list[list[Any]]) -> None:
    """Leave of all functions our own and those that ran, by file, first line and name: the others become traps.

    A module in which none is left keeps the names that others use; to ask it for another one is a trap.
    """
    kept = {tuple(each) for each in ran}
    _share_one_trap(kept)
    in_use, names = {id(globals())}, {"__name__", "__spec__"}
    for function in gc.get_objects():
        if type(function) is FunctionType and function.__module__ != __name__:
            if _stays(function.__code__, kept):
                in_use.add(id(function.__globals__))
                names.update(_names(function.__code__))
            function.__code__ = _left(function.__code__, kept)
    for module in sys.modules.values():
        if id(vars(module)) not in in_use and "__file__" in vars(module):  # which is not in C
            found = {name: value for name, value in vars(module).items() if name in names}
            vars(module).clear()
            vars(module).update(found, __getattr__=FunctionType(_TRAP, {}))


def _share_one_trap(kept: set[tuple[Any, ...]]) -> None:
    """Have one trap in modules and classes, in place of all functions of theirs that are not kept."""
    trap = FunctionType(_TRAP, {})
    for each in gc.get_objects():
        is_class = type in type(each).__mro__
        if is_class or type(each) is ModuleType:
            put = type.__setattr__ if is_class else ModuleType.__setattr__
            for name, value in [*vars(each).items()]:
                if (
                    type(value) is FunctionType
                    and value.__module__ != __name__
                    and not _stays(value.__code__, kept)
                ):
                    put(each, name, trap)


def _names(code: CodeType) -> Iterator[str]:
    """The names that a function and those in it use."""
    yield from code.co_names
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _names(each)


def _left(code: CodeType, kept: set[tuple[Any, ...]]) -> CodeType:
    """A function's code, with traps for the functions in it that are not kept; or a trap."""
    if not _stays(code, kept):
        return _trap_for(code.co_freevars, code.co_flags & _TYPES)
    inner = tuple(_left(each, kept) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code if inner == code.co_consts else code.replace(co_consts=inner)


def _stays(code: CodeType, kept: set[tuple[Any, ...]]) -> bool:
    return _key(code) in kept or code.co_filename.startswith(_OURS)


def _key(code: CodeType) -> tuple[Any, ...]:
    return code.co_filename, code.co_firstlineno, code.co_qualname


@cache
def _trap_for(variables: tuple[str, ...], type: int) -> CodeType:
    return _TRAP.replace(co_freevars=variables, co_flags=_TRAP.co_flags | type)


def seal() -> None:
    """Leave nothing to import from: where a page runs this there are no files."""
    _syntax.__getattr__ = FunctionType(_TRAP, {})  # type: ignore[method-assign]
    sys.path.clear()
    sys.path_hooks.clear()
    sys.path_importer_cache.clear()
    built_in = ("BuiltinImporter", "FrozenImporter", "_Missing")
    sys.meta_path[:] = [finder for finder in sys.meta_path if getattr(finder, "__name__", "") in built_in]


def tidy() -> None:
    """Collect what nothing refers to; what is left stays for good, and is not looked at again."""
    for each in gc.get_objects():
        if type(each) is FunctionType:
            each.__doc__ = None
        elif type(each) is ModuleType:
            each.__doc__ = each.__spec__ = each.__loader__ = None
        elif type in type(each).__mro__ and "__doc__" in vars(each) and not each.__flags__ & IMMUTABLE_TYPE:
            type.__setattr__(each, "__doc__", None)
    for wording in (*WORDINGS.values(), *WORDS.values()):
        if type(wording) is Wording:
            wording._kept.clear()  # which the training filled
    sys._clear_internal_caches()  # type: ignore[attr-defined]  # of 3.13 and later
    gc.collect()
    gc.collect()
    gc.freeze()
