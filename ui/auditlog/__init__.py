"""The page 操作日志: who did what and when, for those who may read it."""
