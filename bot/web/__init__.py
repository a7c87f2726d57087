"""The bot's own HTTP: Telegram's webhook, and health and metrics for those who run the bot."""
