"""What a resource reaches for on each request: the opened centre, and jobs awaited without blocking the loop."""

import asyncio
from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from sqlalchemy import Connection

from crm_server.centre import Centre

Result = TypeVar("Result")


async def _centre(request: Request) -> Centre:
    centre: Centre = request.app.state.centre
    return centre


CentreHere = Annotated[Centre, Depends(_centre)]


async def reading(centre: Centre, job: Callable[[Connection], Result]) -> Result:
    """Await a reading job."""
    return await asyncio.wrap_future(centre.database.read(job))


async def writing(centre: Centre, job: Callable[[Connection], Result]) -> Result:
    """Await a writing job, that is, its commit."""
    return await asyncio.wrap_future(centre.database.write(job))
