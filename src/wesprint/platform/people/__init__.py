"""People with and without account, their roles, badges, devices, consents and rights."""
