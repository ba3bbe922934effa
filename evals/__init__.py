"""How good it is, measured (评测): runnable benchmarks, each with a report in JSON and Markdown.

Owns the project's own question sets (``evals/data``), the metrics, and the commands of ``eassistant eval``. Scores
anything behind the public contract (``assistant.contract.Assistant``); nothing else may import it.
"""
