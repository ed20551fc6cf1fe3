"""Charts of pages: what to draw of the plain data of documents, in numbers, lines and words."""
