"""The schemes, a module each, in the order of the law's text."""
