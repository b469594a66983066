"""Separate processes with limits for what may crash or hang, and a folder of finished results."""
