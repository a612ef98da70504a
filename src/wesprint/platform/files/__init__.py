"""Photos and papers: checked, stripped of place and device, stored before commit."""
