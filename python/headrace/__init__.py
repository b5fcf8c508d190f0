"""Write pipeline nodes as Python functions.

The decorators only attach a description to a function and give the function back unchanged, so that a file of
nodes can be imported, tested and called like any other module.
"""

from headrace.decorators import NodeDescription, feature_group, materialize, source, transform

__all__ = ["NodeDescription", "feature_group", "materialize", "source", "transform"]
