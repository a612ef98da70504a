from __future__ import annotations

from django.db import models

from wesprint.platform.organisations.models import Organisation


class LegalNotice(models.Model):
    """What the law wants to be readable of who runs a house (§ 5 DDG), beyond name and e-mail.

    `register`: court and number. `supervised_by`: an authority, or the audit federation.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="legal_notice"
    )
    street = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    town = models.CharField(max_length=80, blank=True)
    represented_by = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    register = models.CharField(max_length=120, blank=True)
    vat_id = models.CharField(max_length=20, blank=True)
    supervised_by = models.CharField(max_length=200, blank=True)
    privacy_contact = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()
