"""The ground floor: what every room stands on. Django without pages."""
