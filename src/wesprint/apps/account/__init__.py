"""Account: signing in with password, passkey or badge; my data; devices of the counter."""
