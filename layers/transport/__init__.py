"""What passes between page and map, or goes into a file."""
