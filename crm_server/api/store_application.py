"""The web application of a store's server: what it answers itself, and the relay for everything else."""

from fastapi import FastAPI

from crm_server.store_role.rounds import Rounds
from crm_server.store_role.store_server import StoreServer

from . import claims, mirror, problem_replies, store_journal, time
from .body_gate import BodyGate
from .packing import Packing
from .problem_replies import Shield
from .relay import Relay, UpstreamLine
from .signed_time import SignedTime

# What tills wait for stands first: addresses are tried in this order.
_RESOURCES = (claims, store_journal, mirror, time)


def create_store_app(store: StoreServer, rounds: Rounds | None = None) -> FastAPI:
    """The application of an opened store server, which the centre has given a number for its key.

    ``rounds`` fetch the roster at once when a lane asks that is not in it; a test may run them itself.
    """
    app = FastAPI(title="crm-server", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.store, app.state.centre, app.state.ground = store, store.centre, store.ground()
    app.state.rolls_tokens = False
    app.state.on_stranger = rounds.look_for_lanes if rounds else lambda: None
    app.state.relay = UpstreamLine(store)
    problem_replies.install(app)
    for resource in _RESOURCES:
        app.include_router(resource.ROUTER)
    app.add_middleware(BodyGate)
    app.add_middleware(Relay, line=app.state.relay)
    app.add_middleware(Packing)
    app.add_middleware(Shield)
    app.add_middleware(SignedTime, centre=store.centre)
    return app
