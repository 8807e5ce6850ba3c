"""Desktop program for grassroots union organizers."""

__version__ = "0.1.0"
