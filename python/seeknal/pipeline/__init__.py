"""`from seeknal.pipeline import transform` is `from headrace import transform`."""

from headrace.decorators import feature_group, materialize, source, transform

__all__ = ["feature_group", "materialize", "source", "transform"]
