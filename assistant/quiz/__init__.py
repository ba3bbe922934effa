"""The quiz studio (题库): items made from the corpus, each with one provable key, kept, put on papers and taken."""
