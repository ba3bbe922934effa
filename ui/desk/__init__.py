"""The page 裁量核查 (discretion desk): find, choose, see the working, check a fine, export, review."""
