"""What the pages share: navigation, texts, widgets, the map frame and downloads."""
