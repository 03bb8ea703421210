"""The shop: the Customer API and its administration."""
