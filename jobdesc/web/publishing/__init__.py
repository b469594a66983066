"""The life of a posting: publish and close it, its versions, and what was published when."""
