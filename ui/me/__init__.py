"""The page 我的: favourites, recent entries, one's feedback, handbooks, account and data."""
