"""Fitting the weights of reply links."""
