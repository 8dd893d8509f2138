"""Runs in a Python of its own: imports all that is built in, and tells by addresses what that is."""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress

for _name in sys.builtin_module_names:
    with suppress(ImportError):  # of modules that no pack has
        __import__(_name)


def _types(of: type) -> Iterator[type]:
    yield of
    below: list[type] = type.__subclasses__(of)
    for each in below:
        yield from _types(each)


found = json.dumps(
    {
        "modules": [id(sys.modules[name]) for name in sys.builtin_module_names if name in sys.modules],
        "types": sorted({id(each) for each in _types(object)}),
        "maps": [
            id(value)
            for module in sys.modules.values()
            for name, value in vars(module).items()
            if name.startswith("__map_")
        ],
    }
)
