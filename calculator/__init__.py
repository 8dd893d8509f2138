"""What turns the rules into a page: the form, the result, the embeds, and what the browser runs.

`rules` knows nothing of this package; this package holds no law.
"""
