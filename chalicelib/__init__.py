"""The back end of the Orders API and the Customer API; `endpoints.py` lists where all endpoints are."""
