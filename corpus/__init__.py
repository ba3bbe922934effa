"""What is known, typed and dated: vocabulary, citations, validity in time, store, index and encoders.

``corpus`` owns the words every other package uses and imports none of them.
"""

import os

# Haystack reads this switch when it is imported, and sends usage statistics otherwise; every package imports this one.
os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")
