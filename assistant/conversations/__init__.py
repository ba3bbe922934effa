"""Conversations (对话): a person's questions with their answers, kept, completed from one another, exported."""
