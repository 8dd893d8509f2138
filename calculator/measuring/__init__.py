"""How quick the rules are and how large: in CPython, and at a visitor's against Pyodide as it comes and publicodes."""
