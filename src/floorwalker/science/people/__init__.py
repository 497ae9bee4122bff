"""People compared fairly: agreement of raters."""

from floorwalker.science.people.agreement import cohen_kappa, fleiss_kappa, krippendorff_alpha
from floorwalker.science.people.intraclass import IntraclassCorrelation, intraclass_correlation

__all__ = [
    "IntraclassCorrelation",
    "cohen_kappa",
    "fleiss_kappa",
    "intraclass_correlation",
    "krippendorff_alpha",
]
