"""One's own data (本人数据): everything kept of a person, handed out and erased as a whole."""
