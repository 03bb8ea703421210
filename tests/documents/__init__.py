"""What the two API documents print, as data: the binding examples that the tests replay."""
