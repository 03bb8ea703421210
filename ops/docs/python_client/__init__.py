"""What of clients/python is made of the API document."""
