"""与同类比: a district, or a whole city, beside those most like it and beside its neighbours."""
