"""How Python starts at a visitor's: made at build, layer by layer."""
