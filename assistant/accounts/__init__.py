"""Who asks and what they may do (账户与权限)."""
