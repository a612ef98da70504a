"""The machine face that all rooms share: keys, limits, problems, one version."""
