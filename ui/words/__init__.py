"""Every word a reader of the pages sees."""
