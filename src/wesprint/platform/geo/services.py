"""Taking a town in, and letting one go."""

from __future__ import annotations

import shutil
from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid
from wesprint.platform.commands.services import changed, command, running_command
from wesprint.platform.geo.making import Made, root
from wesprint.platform.geo.models import Town

LONGEST_NAME = 80


@command("geo.take_town")
def take_town(ctx: Ctx, *, slug: str, name: str, made: Made) -> Town:
    """The town `slug` consists of these files from now on, whether it was there before or not."""
    named = " ".join(name.split())
    if not 0 < len(named) <= LONGEST_NAME:
        raise Invalid(_("A town has a name of 1 to 80 characters."), kept=_("Nothing was changed."))
    values = asdict(made) | {"name": named, "imported_at": running_command().recorded_at}
    town, _new = Town.objects.update_or_create(slug=slug, defaults=values)
    changed(town, *values)
    return town


@command("geo.let_go_of_town")
def let_go_of_town(ctx: Ctx, *, town: Town) -> None:
    """The town leaves the map; its files go with `forget_unused`."""
    changed(town, "slug")
    town.delete()


def forget_unused() -> int:
    """Removes the folders that no town names; how many. Call it after the transaction."""
    used = set(Town.objects.values_list("folder", flat=True))
    unused = [one for one in root().iterdir() if one.name not in used and one.name[0] != "."]
    for folder in unused:
        shutil.rmtree(folder, ignore_errors=True)
    return len(unused)
