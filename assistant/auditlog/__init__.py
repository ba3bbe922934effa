"""The audit log (操作日志): who asked what and got which answer, who changed what; append-only, in a chain of hashes.

Not to be confused with the audit of benchmarks at the discretion desk (``assistant.discretion.audit``).
"""
