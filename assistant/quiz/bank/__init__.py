"""The bank of quiz items (题库): kept, reviewed, blocked when their law changes, built in the background."""
