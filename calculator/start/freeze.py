"""Runs in the Python that is going to be frozen: imports the rules, and takes away what they need no more."""

import gc
import sys

sys.path.append("/lib/python3.14/site-packages")

from calculator.sealed import answer  # noqa: F401  # which freeze.mjs asks


def seal() -> None:
    """Leave nothing to import from: where a page runs this there are no files."""
    sys.path.clear()
    sys.path_hooks.clear()
    sys.path_importer_cache.clear()
    built_in = ("BuiltinImporter", "FrozenImporter", "_Missing")
    sys.meta_path[:] = [finder for finder in sys.meta_path if getattr(finder, "__name__", "") in built_in]


def tidy() -> None:
    """Collect what nothing refers to; what is left stays for good, and is not looked at again."""
    sys._clear_internal_caches()  # type: ignore[attr-defined]  # of 3.13 and later
    gc.collect()
    gc.collect()
    gc.freeze()
