"""Training of the shipped models; needs the extra ``train``. Nothing here is needed to annotate."""
