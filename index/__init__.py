"""Paragraphs become a Library that answers queries."""
