"""Answers written and approved by legal staff (审定答复), served first where a question asks the same."""
