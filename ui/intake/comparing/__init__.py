"""Two lists beside each other: what is only in one, what moved, what is told differently."""
