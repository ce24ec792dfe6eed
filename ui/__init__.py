"""What the pages share: navigation, texts, widgets, the map and downloads."""
