"""Is this frame fit to land? Schemas, checks, issues and reports.

Belongs here: what a canonical row must look like and what makes a delivery unfit. Does not belong here: how a
publisher's file is read (sources), when checks run (orchestration), or anything that judges performance (dbt).
"""
