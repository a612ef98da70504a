"""What stands on a parcel: its number as a code, for whom and where, and how heavy it is."""

from __future__ import annotations

from collections.abc import Iterable

from wesprint.apps.delivery.models import Parcel
from wesprint.apps.delivery.presenters.days import heavy
from wesprint.apps.goods.public import USUAL_ROLL, Label, labels_pdf, papers
from wesprint.web import formats


def pdf(parcels: Iterable[Parcel]) -> bytes:
    """One label a page, for the label printer. The code holds the barcode itself: it is read
    without a network."""
    return labels_pdf(of(parcels), papers()[USUAL_ROLL])


def of(parcels: Iterable[Parcel]) -> list[Label]:
    return [_label(one) for one in parcels]


def _label(parcel: Parcel) -> Label:
    shipment = parcel.shipment
    who = shipment.recipient.name if shipment.recipient else ""
    mark = heavy(parcel.mass_g) or formats.kilos(parcel.mass_g)
    return Label(parcel.barcode, shipment.address, who, mark, shipment.sender.name, parcel.barcode)
