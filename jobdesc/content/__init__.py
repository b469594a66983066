"""Turn a YAML file into plain values that remember the file and line they came from."""
