"""What comes in (marshmallow, with the documented messages) and what goes out (documented key order)."""
