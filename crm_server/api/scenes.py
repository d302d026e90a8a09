"""Scenes: whether somebody has scanned the code that a lane shows."""

from typing import Literal

from fastapi import APIRouter

from crm_server.scenes import scene_state

from .documents import Hash, Reply
from .problem_replies import refusals
from .request_signature import ActiveCaller
from .standing import CentreHere, reading

ROUTER = APIRouter(prefix="/v1/scenes", tags=["bindings"])


class SceneMember(Reply):
    """Who was bound: ``phone_key`` as the store's entries name a phone (``phone:KEY``), ``masked`` for people."""

    member_ref: str
    member_number: int
    phone_key: str
    masked: str
    is_new: bool


class SceneReply(Reply):
    """Waiting, or bound with the member."""

    state: Literal["waiting", "bound"]
    member: SceneMember | None


@ROUTER.get("/{digest}", responses=refusals("body-malformed", "scene-other"))
async def scene(digest: Hash, caller: ActiveCaller, centre: CentreHere) -> SceneReply:
    """The last customer who was bound by the code with this SHA-256 of its digits."""
    found = await reading(centre, lambda connection: scene_state(connection, caller, digest))
    if found is None:
        return SceneReply(state="waiting", member=None)
    return SceneReply(state="bound", member=SceneMember.model_validate(found))
