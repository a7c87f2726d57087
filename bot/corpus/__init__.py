"""Changes the files of a corpus, one by one and each whole, and can take every change back. Knows no Telegram."""
