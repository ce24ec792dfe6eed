"""What somebody puts right by hand: positions and cells, each with its date, reason and old value."""
