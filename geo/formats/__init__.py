"""Files for other programs, one module a format; GeoJSON and plain CSV are in `geo.export`.

Every writer returns the same bytes for the same input, and puts what the file is about and what
its columns mean inside it or beside it.
"""
