"""Fitting the line model of pages."""
