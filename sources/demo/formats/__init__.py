"""How each publisher prints a delivery: feed -> writer.

Belongs here: which writer prints which feed. Does not belong here: what is in a delivery (the edition decides).
A writer takes a Delivery and gives file name -> bytes; reading those bytes through the feed gives the cells back.
"""

from __future__ import annotations

from collections.abc import Callable

from sources.demo.delivery import Delivery
from sources.demo.formats import (
    across,
    conceptions_and_waste,
    housing_and_climate,
    looked_after,
    nhs,
    police,
    schools,
    tidy,
)  # fmt: skip

WRITERS: dict[str, Callable[[Delivery], dict[str, bytes]]] = {
    "dclg_affordable_homes": housing_and_climate.affordable_homes,
    "dclg_net_additional_dwellings": housing_and_climate.dwellings,
    "dcsf_adoption": looked_after.adoption,
    "dcsf_care_leavers": looked_after.care_leavers,
    "dcsf_looked_after_ks4": looked_after.key_stage_4,
    "dcsf_missing_from_care": looked_after.missing_from_care,
    "decc_local_co2": housing_and_climate.carbon,
    "defra_waste": conceptions_and_waste.waste,
    "dfe_exclusions": schools.exclusions,
    "dfe_level_2_3": schools.attainment_at_19,
    "dfe_neet": schools.neet,
    "dh_rtt_waiting_times": nhs.waiting_times,
    "home_office_csp_crime_rates": police.crime_rates,
    "home_office_recorded_crime": police.recorded_crime,
    "ohid_fingertips": nhs.admissions,
    "ons_conceptions": conceptions_and_waste.conceptions,
    # described by the hub itself: no real file of these is held
    "clg_housing_planning": across.wide_csv,
    "clg_place_survey": across.stacked_workbook,
    "council_return": tidy.tidy_csv,
    "dcms_active_people": across.stacked_workbook,
    "dcsf_attainment": tidy.described_pair,
    "dcsf_childrens_social_care": tidy.underlying_data,
    "dcsf_schools": tidy.described_pair,
    "dcsf_young_people_surveys": tidy.described_pair,
    "defra_environment": across.stacked_spreadsheet,
    "dft_transport": across.stacked_spreadsheet,
    "dh_vital_signs": tidy.trusts_and_councils,
    "dwp_benefits": across.wide_csv,
    "home_office_apacs": tidy.tidy_csv,
    "ic_adult_social_care": across.stacked_workbook,
    "ic_public_health": tidy.tidy_csv,
    "ons_economy": across.stacked_spreadsheet,
    "yjb_youth_justice": across.wide_csv,
}
