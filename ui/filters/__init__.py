"""What a reader asks for, as widgets and in words, and what it finds."""
