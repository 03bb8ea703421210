"""The page that shows the API document in a browser: Scalar's reference, and what is ours around it."""
