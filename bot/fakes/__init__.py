"""Stand-ins for the messengers, for demonstrations, tests and rehearsals; nothing here leaves 127.0.0.1."""
