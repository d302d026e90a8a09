"""What the gallery calls each state of a day's end, of its figures and of practice; see ``gallery_words``."""

from typing import Final

from script.gallery_words import Section

DAY: Final = (
    Section(
        "clerk",
        ("E1 清点", "Day's end: counting"),
        {
            "close-count": ("一样一样清点", "Thing by thing"),
            "close-begun": ("有没做完的事", "Something was begun and not finished"),
            "close-counted": ("都清点好了", "All is counted"),
        },
    ),
    Section(
        "clerk",
        ("E2 上传", "Day's end: upload"),
        {
            "close-upload": ("正在上传", "Uploading"),
            "close-paused": ("已暂停", "Paused"),
            "close-offline": ("断网，先存成文件", "Without the network: into a file"),
        },
    ),
    Section(
        "clerk",
        ("E3 冲突", "Day's end: conflicts"),
        {
            "close-first-conflict": ("第一笔冲突", "The first conflict"),
            "close-conflicts": ("选好了怎么办", "One of them is decided"),
            "close-no-conflict": ("没有冲突", "No conflict"),
        },
    ),
    Section(
        "clerk",
        ("E4 差异", "Day's end: differences"),
        {
            "close-differences": ("多了少了", "More and less than expected"),
            "close-reason": ("写下原因", "The reason is given"),
        },
    ),
    Section(
        "clerk",
        ("E5 签字", "Day's end: signing"),
        {
            "close-sign": ("店员和主管签字", "Clerk and supervisor sign"),
            "close-locked": ("密码错太多，请等一等", "Too many wrong PINs: wait"),
            "close-done": ("今天完成", "The day is closed"),
            "close-paper-out": ("今天完成，打印机没纸", "Closed, and the printer is out of paper"),
            "close-sealed": ("今天完成，没上传的已封存", "Closed, what waits is sealed in a file"),
        },
    ),
    Section(
        "clerk",
        ("D1 今日数字", "The day in figures"),
        {
            "dashboard": ("每小时的核销", "By the hour"),
            "dashboard-campaigns": ("按活动", "By campaign"),
            "dashboard-promoters": ("自己和其他人的平均", "One's own, and the mean of the others"),
            "dashboard-refusals": ("没用成的原因", "Refusals by reason"),
            "dashboard-many": ("活动很多", "Many campaigns"),
            "dashboard-table": ("同样的数字，表格", "The same as a table"),
            "dashboard-empty": ("还没有数据", "No figures yet"),
            "dashboard-old": ("数字有些旧了", "The figures are a while old"),
        },
    ),
    Section(
        "clerk",
        ("练习", "Practice"),
        {
            "training": ("练习，等扫码", "Practice, waiting for a code"),
            "training-accepted": ("练习，核销成功", "Practice, redeemed"),
            "training-shift": ("练习，登录和密码", "Practice, the log-in with its PINs"),
            "training-override": ("练习，主管放行", "Practice, an override"),
        },
    ),
)
