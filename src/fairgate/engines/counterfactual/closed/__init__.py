"""Known answers in closed form: what the simulations are held against, and what `whatif curve` prints."""
