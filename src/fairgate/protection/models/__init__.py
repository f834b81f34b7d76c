"""What refusals would have let through, what outsiders complain about, and which decision let it out."""

from fairgate.protection.models.catches import CatchJudgement
from fairgate.protection.models.complaints import Complaint, ComplaintImport, Escape

__all__ = ["CatchJudgement", "Complaint", "ComplaintImport", "Escape"]
