"""What somebody puts right by hand: positions and cells, each with date, reason and old value."""
