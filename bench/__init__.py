"""Measurements of speed and quality, side by side in one run."""
