"""The shortlist as a page to print."""
