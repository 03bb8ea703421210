"""Who is calling, and what may they do: principals, tokens, passwords, sessions, permissions, throttling."""
