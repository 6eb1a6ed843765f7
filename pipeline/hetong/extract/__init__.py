"""Stage 1, extract: a file becomes a `Contract` with text, blocks, asides and problems."""
