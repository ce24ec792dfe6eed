"""Map layers: GeoDataFrame in, Folium layer out."""
