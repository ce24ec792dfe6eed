"""选园: results, map, shortlist, comparison."""
