"""The figures: which district a site is in, density, coverage, specialisation, classes, ranks."""
