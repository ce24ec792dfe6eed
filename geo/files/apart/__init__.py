"""A program that reads one file with limits: each job is a module of its own."""
