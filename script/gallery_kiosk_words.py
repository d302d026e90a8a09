"""What the gallery calls each state of the kiosk; see ``gallery_words``."""

from typing import Final

from script.gallery_words import Section

KIOSK: Final = (
    Section(
        "kiosk",
        ("K1 待机", "Attract"),
        {
            "attract": ("请扫码或触摸", "Scan or touch"),
            "attract-coupons": ("轮播：有哪些券", "In turn: what coupons there are"),
            "attract-help": ("轮播：怎么叫店员", "In turn: how to call a clerk"),
            "out-of-order": ("暂停使用", "Out of order"),
        },
    ),
    Section(
        "kiosk",
        ("K2 语言与无障碍", "Language and access"),
        {
            "access": ("选语言和字号", "Language and text"),
            "access-everything": ("大字、高对比、矮位、语音全开", "Large, high contrast, low and spoken"),
        },
    ),
    Section(
        "kiosk",
        ("K3 扫码与手机号", "Scan guide and phone"),
        {
            "guide": ("怎么放手机", "Where to hold the phone"),
            "guide-closer": ("再近一点", "A little closer"),
            "guide-long": ("久久没读到", "Nothing was read for long"),
            "phone": ("输入手机号", "Typing a phone number"),
            "guide-low": ("矮位布局", "Low layout"),
            "phone-low": ("手机号，矮位布局", "Phone, low layout"),
            "guide-large": ("大字", "Large text"),
            "guide-contrast": ("高对比", "High contrast"),
        },
    ),
    Section(
        "kiosk",
        ("K4 我的券", "My coupons"),
        {
            "coupons": ("三张可用", "Three that may be used"),
            "coupons-many": ("很多张", "Many"),
            "no-coupons": ("现在没有可用的券", "None that may be used now"),
            "coupons-low": ("矮位布局", "Low layout"),
            "coupons-large": ("大字", "Large text"),
            "coupons-contrast": ("高对比", "High contrast"),
        },
    ),
    Section(
        "kiosk",
        ("K5 结果", "The result"),
        {
            "checking": ("正在核对", "Checking"),
            "ready": ("确认使用", "Use it?"),
            "used": ("已使用", "Used"),
            "used-later": ("已使用，网络恢复后生效", "Used, uploaded later"),
            "all-used": ("全部已使用", "All of them used"),
            "used-printing": ("请取小票", "The slip is printed"),
            "used-no-paper": ("没纸，拍下这个码", "No paper: keep this code"),
            "used-large": ("已使用，大字", "Used, in large text"),
            "almost": ("还差一点金额", "A little more must be bought"),
            "repeat": ("这张券用过了", "Used before"),
            "repeat-why": ("什么时候在哪里用的", "When and where it was used"),
            "not-usable": ("不能用", "It cannot be used"),
            "not-ours": ("不是我们的码", "Not one of our codes"),
            "cannot-decide": ("这里不能判断，请找店员", "It cannot be decided here"),
            "farewell": ("再见", "Goodbye"),
        },
    ),
    Section(
        "kiosk",
        ("K6 呼叫店员", "Assistance"),
        {
            "help": ("已呼叫店员", "A clerk is called"),
            "help-taken": ("店员来了", "A clerk is coming"),
            "help-late": ("还没有人来", "Nobody has come yet"),
            "help-unheard": ("没有人听到", "Nobody hears it"),
        },
    ),
    Section("kiosk", ("K7 超时", "Time-out"), {"still-there": ("还在吗？", "Still there?")}),
    Section(
        "kiosk",
        ("店员退出自助机", "Staff leave the kiosk"),
        {
            "staff": ("输入工号", "A staff number"),
            "staff-pin": ("输入密码", "A PIN"),
        },
    ),
)
