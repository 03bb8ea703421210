"""What the two API documents print, as data: shown in our API document, replayed by the tests."""
