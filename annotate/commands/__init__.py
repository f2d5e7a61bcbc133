"""The verbs of the command line, one file each: declarations above, plain functions below."""
