"""What the gallery calls each state, in Chinese and in English, under the screen to which it belongs.

Apart from the gallery because these are words for people, and the order in which somebody looks through a shop's day.
"""

from dataclasses import dataclass
from typing import Final

Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """One screen.

    Attributes:
        kind: ``clerk`` or ``kiosk``, whose window it is of.
        title: its number, where it has one, and its name; Chinese and English.
        states: by their names for ``--only``.
    """

    kind: str
    title: Words
    states: dict[str, Words]


CLERK: Final = (
    Section(
        "clerk",
        ("C1 扫码", "Scanning"),
        {
            "idle": ("等下一个码", "Waiting for the next code"),
            "first-day": ("第一天，没有摄像头", "A first day, without a camera"),
            "hold-still": ("看到了码，请拿稳", "A code is seen: hold it still"),
            "too-dark": ("太暗，看不清", "Too dark to read"),
            "checking": ("正在核对", "Checking"),
            "past": ("上一位已走，结果变小", "The last customer has gone, his verdict is small"),
            "unfinished": ("号码没输完就扫了码", "A scan came while a number was half typed"),
            "promoter": ("业绩归谁", "Who gets the credit"),
            "tray": ("暂放的顾客", "Customers who were put aside"),
            "tray-empty": ("没有暂放的顾客", "Nobody is put aside"),
            "tray-chip": ("顶栏提示有人暂放", "The top bar says that somebody waits"),
            "help": ("按键帮助", "Help with the keys"),
            "gun": ("扫码枪测试通过", "The scanner test has passed"),
            "gun-lost": ("扫码枪断开", "The scanner is gone"),
            "camera-lost": ("摄像头断开", "The camera is gone"),
            "stopped": ("一个部件停了", "A part of the program has stopped"),
        },
    ),
    Section(
        "clerk",
        ("C2 会员卡", "Member card"),
        {
            "member": ("会员和他的券", "A member and his coupons"),
            "member-empty": ("会员没有可用的券", "A member without coupons"),
            "member-choice": ("一个号码有几位会员", "Several members have this number"),
            "member-unknown": ("没有这个会员", "No such member"),
            "member-feed": ("旁边是他在本机办过的", "What was done with him here, beside his coupons"),
            "member-feed-empty": ("他在本机还没办过", "Nothing was done with him here yet"),
            "member-feed-busy": ("记录正忙", "The book is busy"),
            "change-number": ("换手机号", "Another phone number"),
            "change-number-proof": ("旧号码收到的验证码", "The one-time code that came to the old number"),
            "change-number-taken": ("这个号码已是别人的", "The number is somebody else's"),
            "change-number-who": ("请哪位主管", "Which supervisor"),
            "change-number-supervisor": ("主管输入密码", "A supervisor's PIN"),
            "change-number-pin-wrong": ("主管密码不对", "The supervisor's PIN is wrong"),
            "change-number-done": ("手机号已换", "The number is changed"),
            "change-number-nobody": ("没有会员可换号", "Nobody whose number could be changed"),
        },
    ),
    Section(
        "clerk",
        ("C3 金额与组合", "The amount, and the best set"),
        {
            "amount": ("输入本单金额", "Typing the amount"),
            "amount-again": ("金额可以再改", "The amount is changed"),
            "amount-unusual": ("金额不寻常，请再看一眼", "An unusual amount: look again"),
            "set": ("几张券的最佳组合", "The best set of several coupons"),
            "set-changed": ("店员换了组合", "The clerk has chosen another set"),
            "set-used-meanwhile": ("其中一张刚被别处用掉", "One of them was used elsewhere meanwhile"),
            "set-redeemed": ("组合已核销", "The set is redeemed"),
            "set-photographed": ("拍下的小票", "The receipt, photographed"),
            "amount-photographed": ("看着小票输入金额", "The amount is typed from the picture"),
            "set-none": ("没有能用的券", "No coupon can be used"),
            "set-without-amount": ("没有金额，不能算组合", "No amount, so no set yet"),
        },
    ),
    Section(
        "clerk",
        ("C4 结论", "The verdict"),
        {
            "accepted": ("核销成功", "Redeemed"),
            "accepted-offline": ("断网核销，稍后上传", "Redeemed without the network"),
            "confirm": ("可以用，按 Enter 核销", "It may be used: Enter redeems it"),
            "supervisor": ("要请主管", "A supervisor is needed"),
            "below-threshold": ("还差一点金额", "A little more must be bought"),
            "used": ("这张券已经用过", "Used before"),
            "used-just-now": ("刚刚在这里核销过", "Redeemed here a moment ago"),
            "used-offline": ("断网时查到用过", "Used before, found without the network"),
            "used-whole": ("结论占满窗口（F11）", "The answer in the whole window (F11)"),
            "refused": ("已过期", "Expired"),
            "not-our-code": ("不是我们的码", "Not one of our codes"),
            "payment-code": ("这是付款码", "A payment code"),
            "cannot-decide": ("本机暂时不能判断", "This machine cannot decide now"),
        },
    ),
    Section(
        "clerk",
        ("C5 手机号", "Phone look-up"),
        {
            "phone": ("正在输入手机号", "A phone number is typed"),
            "phone-tail": ("只输了后四位", "Its last four digits only"),
        },
    ),
    Section(
        "clerk",
        ("C6 新会员", "New members"),
        {
            "bind": ("请顾客扫码加入", "The customer scans to join"),
            "bind-customer": ("转给顾客看", "Turned to the customer"),
            "bind-waited": ("等久了，给别的办法", "A long wait: other ways are offered"),
            "bind-offline": ("断网时的固定码", "Without the network: the lasting code"),
            "bind-phone": ("用手机号加入", "Joining by phone number"),
            "bind-code": ("输入短信验证码", "The digits of the message"),
            "bind-promoter": ("业绩归谁", "Who gets the credit"),
            "bind-done": ("已成为会员", "A member now"),
        },
    ),
    Section(
        "clerk",
        ("C7 领奖与领样", "Prizes and samples"),
        {
            "prize": ("请交给顾客", "Hand it to the customer"),
            "prize-waiting": ("还有几样没领", "What is still owed"),
            "prize-out-of-stock": ("没货了", "Nothing left of it"),
            "prize-instead": ("换成别的", "Something else instead"),
            "prize-who": ("哪位主管同意", "Which supervisor agrees"),
            "prize-pin": ("主管密码", "The supervisor's PIN"),
            "prize-empty": ("没有要领的", "Nothing to hand over"),
        },
    ),
    Section(
        "clerk",
        ("C8 撤销", "Undo"),
        {
            "undo": ("为什么撤销", "Why it is taken back"),
            "undo-effects": ("撤销后会怎样", "What comes back"),
            "undo-purchase": ("整单一起撤销", "The whole purchase goes with it"),
            "undo-too-late": ("太晚了，要请主管", "Too late without a supervisor"),
            "undo-note": ("写几个字作为原因", "A few words as the reason"),
        },
    ),
    Section(
        "clerk",
        ("C9 主管放行", "Supervisor override"),
        {
            "override": ("选原因", "Choosing a reason"),
            "override-who": ("选主管", "Choosing the supervisor"),
            "override-pin": ("主管密码", "The supervisor's PIN"),
            "override-wait": ("密码错太多，请等一等", "Too many wrong PINs: wait"),
            "override-phone": ("打电话给总部", "By telephone with the head office"),
            "override-nothing": ("没有要放行的", "Nothing to allow"),
        },
    ),
    Section(
        "clerk",
        ("C10 登录", "Log-in"),
        {
            "shift": ("谁在柜台", "Who is at the counter"),
            "shift-crowd": ("人很多的店", "A store with many people"),
            "shift-hidden": ("没有密码的店：只遮住画面", "A store without PINs: it only hides"),
            "shift-pin": ("输入密码", "A PIN is typed"),
            "shift-wrong": ("密码不对", "A wrong PIN"),
            "shift-wait": ("密码错太多，请等一等", "Too many wrong PINs: wait"),
            "shift-kept": ("登录前扫的码先留着", "A code before the log-in is kept"),
            "shift-offer": ("登录后用刚才的码", "The kept code is offered"),
            "shift-clock": ("本机时间不对", "The clock of this machine is wrong"),
            "shift-promoter": ("业绩归谁", "Who gets the credit"),
        },
    ),
    Section(
        "clerk",
        ("C11 记录与小票", "History and receipts"),
        {
            "history": ("今天的记录", "What was done today"),
            "history-detail": ("一条记录的详情", "One deed in full"),
            "history-search": ("查所有日期", "Searching all days"),
            "history-member": ("一位会员的记录", "What was done with one member"),
            "history-empty": ("没有找到", "Nothing was found"),
            "history-busy": ("正在查", "Searching"),
            "receipt": ("小票，80 毫米", "A receipt of 80 mm"),
            "receipt-58": ("小票，58 毫米", "A receipt of 58 mm"),
            "receipt-paper-out": ("打印机没纸", "The printer is out of paper"),
            "receipt-no-printer": ("没有打印机", "No printer here"),
            "receipt-unprinted": ("这张小票没打出来", "This receipt was not printed"),
            "printer-offline": ("打印机断开", "The printer is gone"),
        },
    ),
    Section(
        "clerk",
        ("C12 设置与检查", "Settings and checks"),
        {
            "settings": ("一切正常", "All is well"),
            "settings-trouble": ("有几样不正常", "Some parts are not"),
            "settings-camera": ("摄像头测试", "The camera's test"),
            "settings-sound": ("声音测试", "The sound's test"),
            "settings-printer": ("打印机测试", "The printer's test"),
            "settings-strip": ("哪一段看得清", "Which part of the strip can be read"),
            "settings-who": ("哪位主管同意", "Which supervisor agrees"),
            "settings-pin": ("主管密码", "The supervisor's PIN"),
            "settings-pin-wrong": ("密码不对", "A wrong PIN"),
            "settings-choices": ("本柜台的设置", "Settings of this counter"),
            "settings-gun": ("扫码枪测试", "The scanner's test"),
        },
    ),
    Section(
        "clerk",
        ("网络", "The network, on every screen"),
        {
            "offline-stale": ("断网，数据旧了", "Offline, and the data grow old"),
            "offline-expired": ("断网太久", "Offline for too long"),
            "offline-store": ("本店平时就不联网", "A store that is offline by design"),
            "uploading": ("正在上传", "Uploading"),
            "uploaded": ("断网时做的都已上传", "What was done offline is uploaded"),
            "conflict": ("有一笔要处理", "A redemption needs a decision"),
            "network": ("网络正常", "The network works"),
            "network-local": ("本机没接上网", "This machine's cable or Wi-Fi"),
            "network-store": ("本店的网络断了", "The store's line"),
            "network-ours": ("我们的服务器没有反应", "Our server"),
            "network-certificate": ("证书不对", "A certificate that is not ours"),
            "network-unknown": ("不知道断在哪里", "Nobody knows where it fails"),
            "network-offline-store": ("本店不联网，为什么", "Offline by design, and why"),
        },
    ),
)
