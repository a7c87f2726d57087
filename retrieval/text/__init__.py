"""What a text is made of: its words in any script, its sentences, its language, its terms."""
