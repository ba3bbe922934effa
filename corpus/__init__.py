"""What is known, typed and dated: vocabulary, citations, validity in time, store, index and encoders.

``corpus`` owns the words every other package uses and imports none of them.
"""
