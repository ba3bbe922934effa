"""Who may read a document (阅读对象): seen and set by those who care for the corpus."""
