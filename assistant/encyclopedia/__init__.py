"""The encyclopedia (百科): shelves, documents, provisions, enforcement items, procedure and the links between them."""
