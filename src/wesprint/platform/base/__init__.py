"""What every part of the platform needs of the database: transactions, ids, conditions."""
