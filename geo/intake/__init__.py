"""From a file that somebody brings to sites with positions, districts and a word on every fault."""
