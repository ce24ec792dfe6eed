"""区县: the table of districts and their comparison."""
