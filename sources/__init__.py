"""Which feeds exist and how a publisher's file becomes canonical rows.

Belongs here: feed descriptions (feeds/*.yaml), readers, periods, areas, marks, the raw archive and landing.
Does not belong here: anything of Dagster or dbt, and any judgement of performance.
"""
