"""A layout of the reader's own: begun, drawn, scored."""
