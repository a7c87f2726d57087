"""The front ends: Telegram, terminal, command line. They import `retrieval`, which never imports them."""
