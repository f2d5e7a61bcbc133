"""Figures on gold files: how well entities, attributions, values and coreference are found."""
