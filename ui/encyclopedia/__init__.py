"""The encyclopedia's pages (百科): shelves, documents, provisions, cases and enforcement items, each at its address."""
