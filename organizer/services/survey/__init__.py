"""The survey: rounds, walks, visits, and how far it has got."""
