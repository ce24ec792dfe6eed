"""What the indicators are: formula, symbols, rule on missing values, source, and the code."""
