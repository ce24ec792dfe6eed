"""What policy documents say about space, and how the present compares."""
