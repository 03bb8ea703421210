"""How what the documents print is compared with answers, and whether it is consistent in itself."""
