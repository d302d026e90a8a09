"""Puts the resources together into one application; apart so that no resource imports its siblings."""

from fastapi import FastAPI

from crm_server.centre import Centre
from crm_server.claims import at_the_centre

from . import (
    bindings,
    changes,
    claims,
    closings,
    devices,
    exceptions,
    journal,
    phone_codes,
    points,
    policy,
    problem_replies,
    scenes,
    snapshots,
    store_server,
    time,
)
from .body_gate import BodyGate
from .packing import Packing
from .problem_replies import Shield
from .signed_time import SignedTime

API_VERSION = "1.0.0"
# What tills wait for stands first: addresses are tried in this order.
_RESOURCES = (
    *(claims, points, journal, scenes, phone_codes, bindings, devices, closings),
    *(changes, policy, snapshots, exceptions, store_server, time),
)


def create_app(centre: Centre | None) -> FastAPI:
    """The application of an opened centre; without one only its contract can be asked for."""
    app = FastAPI(
        title="crm-server", version=API_VERSION, docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False
    )
    app.state.centre = centre
    app.state.rolls_tokens = True
    app.state.on_stranger = _nobody_to_ask
    app.state.ground = at_the_centre(centre.keys) if centre else None
    app.state.recounts = closings.Recounts()
    problem_replies.install(app)
    for resource in _RESOURCES:
        app.include_router(resource.ROUTER)
    app.add_middleware(BodyGate)
    app.add_middleware(Packing)
    app.add_middleware(Shield)
    if centre is not None:
        app.add_middleware(SignedTime, centre=centre)
    return app


def _nobody_to_ask() -> None:
    """The centre knows every device; whom it does not know, nobody does."""
