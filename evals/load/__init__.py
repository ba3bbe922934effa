"""Load (负载): many people at once against the real service on a copy of a data folder, and what it costs.

    python -m evals.load HOME --users 50 --minutes 5 --markdown REPORT.md

Needs the extra ``load`` (locust). HOME is a data folder that is indexed; accounts and conversations are written to it,
so give it a copy.
"""
