"""The page 资料管理: uploads, documents, what needs a person, the index, and what people said of answers."""
