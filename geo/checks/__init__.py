"""What callers give, read or refused: frames, numbers, written values."""
