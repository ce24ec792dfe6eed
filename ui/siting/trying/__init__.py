"""自己试: pins of the reader's own beside today's sites, and a plan to compare them with."""
