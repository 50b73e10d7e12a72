"""What runs when: the Dagster assets and the `hub` command. The only package that imports dagster or dbt.

Does not belong here: how a file is read (sources), whether it is fit (quality), what a page says
(site/sitegen).
"""
