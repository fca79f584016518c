"""Who does the work: this process, its own processes, or the workers of a cluster."""

from narrate.crew.cluster import Cluster
from narrate.crew.workers import Here, Workers, is_dropped

__all__ = ["Cluster", "Here", "Workers", "is_dropped"]
