"""Maps, streets and addresses of the towns that were imported; nothing is asked elsewhere."""
