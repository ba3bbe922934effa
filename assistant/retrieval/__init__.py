"""From an understood question to ranked provisions: lexical and semantic search, fused and re-scored."""
