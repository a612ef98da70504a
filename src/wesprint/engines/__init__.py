"""Computing on plain arrays and dataclasses. Engines know neither Django nor each other."""
