"""What reviewers work on (审核): feedback, curated answers, questions without a source."""
