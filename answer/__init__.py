"""Hits become answers, briefings and checks."""
