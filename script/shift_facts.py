"""Fixed facts for pictures of the log-in and the override: a booth's people with PINs, and a coupon above a limit.

Apart from the script that draws, because tests show the same people to the same window.
"""

from dataclasses import replace

from pos_client.domain.store_profile import Role
from pos_client.usecases.overriding import OverridesLeft
from pos_client.usecases.shift import Person, ShiftFacts

CLERK = Person("E01", "王芳", Role.CLERK, has_pin=True)
COLLEAGUE = Person("E02", "李伟", Role.CLERK, has_pin=True)
PROMOTER = Person("P05", "小陈", Role.PROMOTER)
OTHER = Person("P06", "赵敏", Role.PROMOTER)
BOSS = Person("S01", "周主管", Role.SUPERVISOR, has_pin=True)
MANAGER = Person("S02", "刘店长", Role.MANAGER, has_pin=True)
PEOPLE = (CLERK, COLLEAGUE, PROMOTER, OTHER, BOSS, MANAGER)
MANY = (
    *PEOPLE[:2],
    *(Person(f"E{number:02}", name, Role.CLERK) for number, name in enumerate(("孙丽", "吴强", "郑洁", "冯涛"), 3)),
    *PEOPLE[2:4],
    *(Person(f"P{number:02}", name, Role.PROMOTER) for number, name in enumerate(("何静", "高翔", "林燕"), 7)),
    *PEOPLE[4:],
)
SHIFT = ShiftFacts(people=PEOPLE, operator="E01", promoter="P05", asks_who=True, pins_required=True)
CROWD = replace(SHIFT, people=MANY)
NO_PINS = ShiftFacts(
    people=tuple(replace(person, has_pin=False) for person in PEOPLE[:4]), operator="E01", promoter="P05"
)
LEFT = OverridesLeft(7, 42_000)
