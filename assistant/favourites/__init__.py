"""What a person marks to find again, and what was opened last (收藏与最近)."""
