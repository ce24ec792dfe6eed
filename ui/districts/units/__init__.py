"""区县: the same sites in districts and in squares, beside each other."""
