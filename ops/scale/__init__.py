"""How far it scales: published limits, and a simulation that looks for the hottest partition."""
