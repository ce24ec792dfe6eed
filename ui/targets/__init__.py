"""目标: policy figures, goal beside actual."""
