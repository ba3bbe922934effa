"""Taking papers and practising (作答): attempts, grading, statistics, the wrong-answer book, the hours."""
