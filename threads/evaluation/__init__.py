"""How right the detectors, links and pages are, measured on what is known."""
