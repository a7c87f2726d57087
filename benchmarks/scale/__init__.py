"""Archives of growing size, and other engines over the same passages: `python -m benchmarks.scale`."""
