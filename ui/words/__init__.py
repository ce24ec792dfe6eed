"""Every word a reader sees, and how numbers are written."""
