"""Which sites a reader asks for: criteria, words, order, and what each choice would leave."""
