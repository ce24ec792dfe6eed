"""布局: a policy layout, its elements, its scorecard."""
