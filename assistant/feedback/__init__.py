"""What people say of an answer (反馈), and what reviewers make of it."""
