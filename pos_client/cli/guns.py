"""``guns``: the serial ports of this machine, how the station's guns are set, and choosing the serial one."""

from typing import Annotated, Any

import typer

from .answering import JsonOption, answering, home_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="List the serial ports, tell how the guns are set, or choose the serial gun's port.")(guns)


def guns(
    context: typer.Context,
    use: Annotated[
        str | None,
        typer.Option("--use", help="Make this the serial gun's port: /dev/ttyACM0, COM3, usb:VVVV:PPPP, none, …"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """What is there, what was chosen, and whether it can be opened now."""
    with answering(context, as_json=as_json) as answer:
        from pos_client.bootstrap import gun_ports  # noqa: PLC0415 - loads pyserial

        home = home_of(context)
        if use is not None:
            gun_ports.use_port(home, "" if use == "none" else use)
        document = gun_ports.guns(home).document()
        answer.give(document, _text(document, answer.language))


def _text(document: dict[str, Any], language: str) -> str:
    lines = ["  ".join(port.values()).rstrip() for port in document["ports"]]
    wedge, line = document["wedge"], document["serial_gun"]
    by = f"prefix {wedge['prefix']}" if wedge["prefix"] else "speed"
    limits = f"{wedge['min_length']} keys, gaps ≤ {wedge['max_gap_ms']} ms, median ≤ {wedge['median_gap_ms']} ms"
    lines.append(f"keyboard gun: told by its {by}" + ("" if wedge["prefix"] else f" ({limits})"))
    habits = f", {line['baud']} 8N1, suffix {line['suffix']}, {line['encoding']}" if line["port"] else ""
    lines.append(f"serial gun: {line['port'] or '-'}{habits}: {line['state']}")
    if line["sentence"]:
        lines.append(f"{line['sentence'][language]} {line['next_step'][language]}")
    return "\n".join(lines)
