"""F26: after a day of scans no file of the lane holds a phone, a name or a raw code in clear; nor do logs of crashes.

What is looked for is what was really used: the phones and names of the shop's members, numbers of customers who were
bound, every code that was shown. It is looked for as UTF-8, as UTF-16 and as JSON escapes it.
"""

import json
import logging
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from crm_server.minting import CodeKind
from faults.row import Amounts, Order, Outcome, Row
from faults.stage import NOBODY, Promises, Stage, stage
from faults.tables import rows
from pos_client import bootstrap
from pos_client.bootstrap import name_server
from pos_client.domain.basket import of_amount
from pos_client.usecases.bind_member import BindRequest
from pos_client.usecases.desk import Attribution
from pos_client.usecases.purchase import Purchase, PurchaseRequest
from pos_client.usecases.transaction import Request
from tests.fakes.shop import LaneHome

CLERK: Final = Attribution("E1001", "P1001", "command")
MEMBERS: Final = 300
SHORTEST_NAME: Final = 3
COMMANDS: Final = 2
# The centre itself keeps phones and sends texts to them; what it hands out to lanes is looked at.
OF_THE_CENTRE: Final = ("crm.db", "sms.jsonl")
Needles = dict[bytes, str]


def run(order: Order) -> Outcome:
    """A day, with and without the network; a crash; then every byte of every file."""
    promises, counts, dice = Promises(), Counter[str](), random.Random(order.seed)
    with stage(order.folder) as shop:
        home = shop.enrolled()
        bootstrap.open_logs(home, "command")
        _as_a_lane_logs()
        needles = _people(shop, counts)
        needles |= _a_day(shop, home, order.amount, dice, counts)
        _crash(needles)
        needles |= _commands(shop, home, counts)
        logging.shutdown()
    order.say(f"looking for {len(needles)} things")
    _search(order.folder, needles, counts, promises)
    _would_be_found(order.folder, needles, promises)
    return Outcome(dict(counts), tuple(promises.broken))


def _as_a_lane_logs() -> None:
    """Through the program's own handlers alone, as in a process of its own."""
    logger = logging.getLogger("pos_client")
    logger.propagate = True
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)


def _people(shop: Stage, counts: Counter[str]) -> Needles:
    asked = f"SELECT phone, name, card FROM member ORDER BY number LIMIT {MEMBERS}"
    found = rows(shop.database, asked)
    staff = {str(row["name"]) for row in rows(shop.database, "SELECT name FROM staff")}
    phones = _spelt("phone", (str(row["phone"]).removeprefix("+86") for row in found))
    names = {str(row["name"]) for row in found} - staff
    counts["members"] = len(found)
    return phones | _spelt("name", (name for name in names if len(name) >= SHORTEST_NAME))


def _spelt(what: str, texts: Iterable[str]) -> Needles:
    found: Needles = {}
    for text in texts:
        for form in (text.encode(), text.encode("utf-16-le"), json.dumps(text)[1:-1].encode()):
            found[form] = what
    return found


def _a_day(shop: Stage, home: Path, scans: int, dice: random.Random, counts: Counter[str]) -> Needles:
    """Redeem, refuse, buy, bind and find; half of it without the centre."""
    phones = [str(row["phone"]) for row in rows(shop.database, f"SELECT phone FROM member LIMIT {MEMBERS}")]
    codes = _codes(shop, scans)
    fresh = [f"139{dice.randrange(10**8):08d}" for _ in range(scans // 10)]
    for half, url in ((0, shop.shop.url), (1, NOBODY)):
        name_server(home, url)
        with bootstrap.writing_lane(home) as lane:
            for code in codes[half::2]:
                member = [dice.choice(phones)] if dice.random() < 0.3 else []
                asked = Request([*member, code], of_amount(5_000), attribution=CLERK)
                buys = dice.random() < 0.3
                _ = Purchase(lane.desk)(PurchaseRequest(asked)) if buys else lane.redeem(asked)
                counts["scans"] += 1
        with bootstrap.binding_lane(home) as binding:
            for phone in fresh[half::2]:
                binding.bind(BindRequest(phone, attribution=CLERK))
                counts["bound"] += 1
    name_server(home, shop.shop.url)
    bootstrap.sync(home, push=True, pull=True)
    return _spelt("code", (code for code in codes if len(code) > 20)) | _spelt("phone", fresh)


def _codes(shop: Stage, scans: int) -> list[str]:
    mint = shop.shop.mint
    codes = [*shop.coupons(scans // 2), *shop.coupons(scans // 4, is_opaque=True)]
    codes += [str(one["code"]) for one in mint(CodeKind.SLOT, count=scans // 8)]
    return codes + [code[:-1] + "0" for code in codes[: scans // 8]]


def _crash(needles: Needles) -> None:
    """A bug whose message and variables hold what must not be written."""
    phone = next(form.decode() for form, what in needles.items() if what == "phone" and form.isdigit())
    code = next(form.decode() for form, what in needles.items() if what == "code" and form.isdigit())
    try:
        _breaks(code, phone)
    except RuntimeError as bug:
        bootstrap.log_bug(type(bug), bug, bug.__traceback__)
    logging.getLogger("pos_client").warning("customer %s showed %s", phone, code)


def _breaks(code: str, phone: str) -> None:
    raise RuntimeError(f"while {code} of {phone} (+86 {phone}) was looked at")


def _commands(shop: Stage, home: Path, counts: Counter[str]) -> Needles:
    """The same by real commands; what they say on stderr goes to a file."""
    codes = shop.coupons(COMMANDS)
    said = []
    for code in codes:
        said.append(LaneHome(home).run("redeem", code, "--operator", "E1001").errors)
        said.append(LaneHome(home).run("redeem", code[:-3], "--operator", "E1001").errors)
        counts["commands"] += 2
    (home / "stderr.txt").write_text("".join(said))
    return _spelt("code", codes)


def _search(folder: Path, needles: Needles, counts: Counter[str], promises: Promises) -> None:
    pattern = re.compile(b"|".join(re.escape(form) for form in sorted(needles, key=len, reverse=True)))
    for path in _files(folder):
        content = path.read_bytes()
        counts["files"] += 1
        counts["kilobytes"] += len(content) // 1024
        hits = Counter(needles[found] for found in pattern.findall(content))
        counts["hits"] += hits.total()
        promises.hold(not hits, f"{path.relative_to(folder)} holds {dict(hits)}")
    counts["needles"] = len(needles)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(OF_THE_CENTRE):
            yield path


def _would_be_found(folder: Path, needles: Needles, promises: Promises) -> None:
    """The search itself works: the centre's tables, which may hold phones, do hold them."""
    content = b"".join(path.read_bytes() for path in (folder / "crm").glob("crm.db*"))
    found = {what for form, what in needles.items() if form in content}
    promises.hold({"phone", "name"} <= found, f"the search finds only {found} where all must be")


ROW = Row(
    name="F26",
    what="phones, names and raw codes in the lane's files",
    method="a day of scans with members, purchases and bindings, a crash with private data; every file is searched",
    reach="0 hits in files, logs, crash reports and journals",
    unit="scans",
    amounts=Amounts(full=500, quick=80, ci=40),
    run=run,
)
