"""Bytes of a file that somebody brings, read as a table: one module a format, one that chooses.

What is written in C or Rust (GDAL, Parquet, calamine) runs in a process of its own with limits on
memory, time and files, see :mod:`geo.files.isolation`.
"""

from geo.intake.readers.choice import read as read

__all__ = ["read"]
