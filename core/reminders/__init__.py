"""When somebody hears of a part, and what the message then lists."""
