"""Recorded crime (Home Office) as printed: the force sheet (PRC 001) and rates of partnerships (PRC 002).

Belongs here: these two files. Does not belong here: any number but those of columns the hub does not read.
Both carry a status in the period's label; neither prints regions. Quirk `renamed_column`: Offence Count.
"""

from __future__ import annotations

import pandas as pd

from sources.demo.delivery import Delivery
from sources.demo.files import csv_bytes
from sources.demo.formats.printing import dimension, file_name, header, located, only_parts, periods, printed

# group, subgroup, code, description, of each thousand of the group; a group's first code takes what the others leave
CODES = pd.DataFrame(
    [
        ("Violence against the person", "Violence with injury", "8N", "Assault with injury", 0),
        ("Violence against the person", "Violence without injury", "105A", "Assault without injury", 450),
        *[("Violence against the person", "Homicide", "1/4.1/4.10/4.2", "Homicide", 1)] * 4,  # four rows named alike
        ("Sexual offences", "Other sexual offences", "71", "Abuse of children through sexual exploitation", 0),
        ("Robbery", "Robbery of personal property", "34B", "Robbery of personal property", 0),
        ("Robbery", "Robbery of business property", "34A", "Robbery of business property", 90),
        ("Theft offences", "All other theft offences", "49", "Other theft", 0),
        ("Theft offences", "Domestic burglary", "28A", "Burglary in a dwelling", 160),
        ("Theft offences", "Vehicle offences", "48", "Theft or unauthorised taking of a motor vehicle", 60),
        ("Criminal damage and arson", "Criminal damage", "58A", "Criminal damage to a dwelling", 0),
        ("Criminal damage and arson", "Arson", "56B", "Arson not endangering life", 45),
        ("Drug offences", "Possession of drugs", "92E", "Possession of controlled drugs (Cannabis)", 0),
        ("Drug offences", "Possession of drugs", "92C", "Other drug offences", 20),
        ("Possession of weapons offences", "Possession of weapons offences", "10D",
         "Possession of article with blade or point", 0),
        ("Public order offences", "Public order offences", "9A", "Public fear, alarm or distress", 0),
        ("Miscellaneous crimes against society", "Miscellaneous crimes against society", "80",
         "Absconding from lawful custody", 0),
    ],
    columns=["group", "subgroup", "code", "description", "permille"],
)  # fmt: skip


def recorded_crime(delivery: Delivery) -> dict[str, bytes]:
    """PRC 001 by the dimension `offence_group`: one row a force, quarter (2009/10 Q2) and offence code.

    A group's offences (value, a whole number, negative after transfers) are spread over its codes; a group without
    codes here is printed as one code. The headline is not printed, it is the sum of its groups; where one group has no
    figure the headline has none either. Forces are named, not coded; a body that is no area stands at the end.

    Raises:
        ValueError: a headline has no offence groups beside it.
    """
    rows = only_parts(located(delivery), "offence_group")
    rows["group"] = dimension(rows, "offence_group", "Total")
    rows["key"] = rows.index
    rows = rows.merge(CODES, on="group", how="left")
    for column in ("subgroup", "description"):
        rows[column] = rows[column].fillna(rows["group"])
    rows = rows.fillna({"code": "99", "permille": 0})
    share = rows["value"] * rows["permille"] // 1000
    first = ~rows.duplicated("key")
    rest = rows["value"] - share.groupby(rows["key"]).transform("sum")
    rows["value"] = share.mask(first, rest)
    offences = printed(rows, "value", delivery)
    rows["period_label"], quarter = (rows["period_label"].str.split(" Q").str[i] for i in (0, 1))
    table = pd.DataFrame(
        {
            "Financial Year": periods(rows, delivery),
            "Financial Quarter": quarter,
            "Force Name": rows["area_name"],
            "Offence Description": rows["description"],
            "Offence Group": rows["group"],
            "Offence Subgroup": rows["subgroup"],
            "Offence Code": rows["code"],
            header(delivery, "Number of Offences", "Offence Count"): _accounting(offences),
        }
    )
    last = table.iloc[-1][:2].tolist()
    body = [*last, "Action Fraud", "Fraud offences recorded by Action Fraud", "Fraud offences", "Fraud: action fraud"]
    lines = [list(table.columns), *table.to_numpy().tolist(), [*body, "AF", " 66776 "]]
    return {file_name(delivery, "prc-pfa-tables"): csv_bytes(lines)}


def _accounting(offences: pd.Series) -> pd.Series:
    """Counts as a spreadsheet's accounting format leaves them: padded, and `-00 ` for zero."""
    padded = " " + offences.astype("str") + " "
    return padded.mask(offences == 0, "-00 ")


def crime_rates(delivery: Delivery) -> dict[str, bytes]:
    """PRC 002: offences per 1,000 people (value) by the dimension `offence_group`; the whole is Total recorded crime.

    Partnerships, forces and England by GSS code, each row as it is given; years financial (2009/10) or calendar (2018).
    No numerators or denominators, and no mark but not_available.
    """
    rows = located(delivery)
    table = pd.DataFrame(
        {
            "area_code": rows["area_code"],
            "area_name": rows["area_name"],
            "period": periods(rows, delivery),
            "value": printed(rows, "value", delivery),
            "indicator": "Offence rate",
            "measure": "Rate per 1,000",
            "unit": "Offences",
            "group": dimension(rows, "offence_group", "Total recorded crime"),
        }
    )
    return {file_name(delivery, "crime_rate_csp"): csv_bytes(table)}
