"""The ground of a map: outlines, base maps, inset, and how districts are filled."""
