from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    MEASURED = "measured", _("weighed")
    ESTIMATED = "estimated", _("estimated")
