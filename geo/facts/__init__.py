"""What is known: the tables of ``data/``, read and checked, and the districts they speak of."""
