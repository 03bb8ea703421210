"""Everything that knows HTTP: the endpoint decorator, requests, responses, error bodies, paging, logs."""
