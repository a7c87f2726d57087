"""Measurements, each one command; nothing here is needed to run the bot."""
