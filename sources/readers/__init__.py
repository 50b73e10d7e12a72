"""Readers: bytes as received -> text cells in the publisher's own words, one module a file shape.

Belongs here: opening files, finding headers, matching columns. Does not belong here: what a cell means (canonical).
"""
