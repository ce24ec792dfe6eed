"""Maps on paper: the screen's scenes laid out at a round scale, drawn without a browser."""
