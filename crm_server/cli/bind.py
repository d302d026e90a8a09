"""``crm-server bind``: what a customer's phone does after it scanned a booth's code, for trying out without one."""

from typing import Annotated

import typer

from crm_server.scenes import SceneRequest, bind_by_scene
from pos_client.domain.codes import parametric_qr, phone_number

from .options import DataOption, JsonOption, UrlOption, answer, fail, merged, opened


def bind(
    context: typer.Context,
    scene: Annotated[str, typer.Option(help="The code's 229 digits, or the link that ends with them.")],
    phone: Annotated[str, typer.Option(help="The customer's phone number.")],
    name: Annotated[str, typer.Option(help="His name, as he gives it.")] = "",
    proven: Annotated[bool, typer.Option(help="The number is known to be his.")] = False,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bind a customer by a booth's parametric code; the lane that shows it sees him within a second."""
    options = merged(context, data, database_url, as_json)
    e164 = phone_number.normalise(phone)
    if e164 is None:
        fail("this is no phone number", exit_code=2)
    request = SceneRequest(parametric_qr.digits_in(scene) or scene.strip(), e164, name, verified=proven)
    with opened(options) as centre:
        done = centre.database.write(
            lambda connection: bind_by_scene(connection, centre.keys, request, centre.now())
        ).result()
    word = "new member" if done["is_new"] else "known member"
    answer(options, done, [f"{word} {done['member_ref']} {done['masked']}"])
