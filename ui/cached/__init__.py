"""What is computed once for each combination of inputs."""
