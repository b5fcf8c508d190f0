"""Runs one node's function in its own process; started by the engine, never by a person."""
