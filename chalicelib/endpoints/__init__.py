"""One short function per endpoint: parse, one service call, shape the answer."""
