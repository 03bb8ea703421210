"""Use cases: a principal and typed input in, a domain record or a domain error out."""
