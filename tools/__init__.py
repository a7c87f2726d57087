"""What keeps the repository in order, each one command; nothing here is needed to run the bot."""
