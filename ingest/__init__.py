"""A file becomes records, or a clear error: sources, readers, parsers and the resumable indexing pipeline."""
