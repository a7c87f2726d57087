"""The front end in Telegram: an update in, API calls out."""
