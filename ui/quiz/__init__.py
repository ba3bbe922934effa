"""The page 题库: making items and papers, reviewing them, results; taking papers and practising is ``ui.exam``."""
