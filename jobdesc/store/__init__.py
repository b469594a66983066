"""Tables and named queries; the only room that knows SQL."""
