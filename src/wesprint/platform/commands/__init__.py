"""Every write is one command: one transaction, recognised when it comes again, audited."""
