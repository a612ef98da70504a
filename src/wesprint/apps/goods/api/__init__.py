"""The machine face of this room: the same services and selectors as behind its pages."""

from ninja import Router

from wesprint.apps.goods.api import catalogue, items, offers, reservations

router = Router()
for part in (catalogue, items, reservations, offers):
    router.add_router("", part.router)

__all__ = ["router"]
