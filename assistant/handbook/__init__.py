"""A chosen set of passages as a handbook (执法手册), with headings and notes of one's own, as a Word file."""
