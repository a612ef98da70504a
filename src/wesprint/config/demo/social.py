"""What the town house takes less from whoever shows a pass."""

from __future__ import annotations

from datetime import datetime

from wesprint.apps.goods.public import SocialTerms, set_social_rule
from wesprint.config.demo.stage import Script, Stage
from wesprint.kernel.context import Actor, ActorKind
from wesprint.platform.people.models import RoleName
from wesprint.platform.reference.models import Category

PASSES = "Stadtpass, Bescheid des Jobcenters, Ehrenamtskarte"
RULES = ((None, 30), ("furniture", 40))
EVERY = 9  # sales of which one is with a pass


def set_social_prices(script: Script, stage: Stage, at: datetime) -> None:
    board = stage.people[RoleName.BOARD]
    actor = Actor(ActorKind.PERSON, board.user.public_id if board.user else board.public_id)
    for slug, percent in RULES:
        set_social_rule(
            script.ctx(stage.town.scope, at, actor),
            centre=stage.town,
            terms=SocialTerms(PASSES, percent, least_cents=100),
            category=Category.objects.get(slug=slug) if slug else None,
        )
