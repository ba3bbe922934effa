"""Spoken questions to learn from only (仅供训练的口语问法), shaped as those of ``corpus.spoken``.

They are on articles that had none: civil and criminal procedure, companies, insurance, education, traffic, medicine,
land. In the index they stood in the way of more right answers than they led to (docs/benchmarks.md).
"""
