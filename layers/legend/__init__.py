"""The strip below a map."""
