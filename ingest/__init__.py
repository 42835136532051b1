"""Files become Documents of Paragraphs."""
