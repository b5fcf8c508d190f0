"""Trains models and applies them; runs in the models' own environment, started by the engine, never by a person."""
