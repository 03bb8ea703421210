"""HTTP: the endpoint decorator, the pipeline, requests, input fields, paging, responses and error bodies."""
