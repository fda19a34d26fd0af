"""HTTP: the app every service starts from, and the one way to answer, list, repeat and change."""
