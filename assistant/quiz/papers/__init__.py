"""Papers (试卷): chosen by a blueprint from published items, kept as they were when made, in variants A to D."""
