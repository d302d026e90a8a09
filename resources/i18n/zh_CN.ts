<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AmountEntry</name>
    <message>
        <source>Receipt amount</source>
        <translation>小票金额</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Set the amount</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>Really {money}? Press Enter once more.</source>
        <translation>确认 {money}？再按一次 Enter。</translation>
    </message>
    <message>
        <source>More than {money}: it will be asked again.</source>
        <translation>超过 {money}，会再问一次。</translation>
    </message>
    <message>
        <source>What the customer pays at the supermarket&apos;s till, before the coupon.</source>
        <translation>顾客在超市收银台应付的金额，未用券之前。</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Scan the coupon again to finish it.</source>
        <translation>再扫一次那张券就能做完。</translation>
    </message>
    <message numerus="yes">
        <source>%n redemption(s) in conflict</source>
        <translation>
            <numerusform>有 %n 笔需处理</numerusform>
        </translation>
    </message>
    <message>
        <source>Uploading {done}/{whole}</source>
        <translation>正在上传 {done}/{whole}</translation>
    </message>
    <message>
        <source>Offline, scanning goes on</source>
        <translation>离线可用</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Offline for too long</source>
        <translation>离线过久</translation>
    </message>
    <message>
        <source>Offline store: uploaded at the close of the day</source>
        <translation>离线门店，今晚收班时上传</translation>
    </message>
    <message>
        <source>This machine&apos;s clock cannot be trusted</source>
        <translation>本机时钟不可信</translation>
    </message>
    <message>
        <source>The disk is nearly full</source>
        <translation>磁盘快满了</translation>
    </message>
    <message numerus="yes">
        <source>%n redemption(s) begun and not finished</source>
        <translation>
            <numerusform>有 %n 笔核销没做完</numerusform>
        </translation>
    </message>
    <message>
        <source>the store&apos;s server is there</source>
        <translation>本店服务器在</translation>
    </message>
    <message>
        <source>the store&apos;s server is away</source>
        <translation>本店服务器连不上</translation>
    </message>
    <message>
        <source>data of {time} ({age} ago)</source>
        <translation>数据 {time}（{age}前）</translation>
    </message>
    <message>
        <source>data not renewed for {age}</source>
        <translation>数据已 {age} 未更新</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to upload</source>
        <translation>
            <numerusform>待上传 %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything uploads by itself when the network is back.</source>
        <translation>联网后自动上传，不用做任何操作。</translation>
    </message>
    <message>
        <source>High values need a supervisor. Check the network.</source>
        <translation>高额券需主管，请检查网络。</translation>
    </message>
    <message>
        <source>Only this store&apos;s own coupons. Check the network.</source>
        <translation>只能用本店专属券，请检查网络。</translation>
    </message>
    <message>
        <source>Scanning goes on.</source>
        <translation>可以继续扫码。</translation>
    </message>
    <message>
        <source>See the history (F6); both are kept.</source>
        <translation>按 F6 查看，两边记录都已保留。</translation>
    </message>
    <message>
        <source>Set the date and time, or connect to the network.</source>
        <translation>请校准日期时间，或连接网络。</translation>
    </message>
    <message>
        <source>Free some space; nothing is lost.</source>
        <translation>请清理磁盘，记录没有丢失。</translation>
    </message>
</context>
<context>
    <name>CameraColumn</name>
    <message>
        <source>Scan a member or coupon code</source>
        <translation>扫会员码或券码</translation>
    </message>
    <message>
        <source>or just type a phone number</source>
        <translation>也可直接输入手机号</translation>
    </message>
    <message>
        <source>Member code: shows what this customer can use</source>
        <translation>会员码：看这位顾客能用什么</translation>
    </message>
    <message>
        <source>Coupon code: is redeemed, or says why not</source>
        <translation>券码：直接核销，或说明原因</translation>
    </message>
    <message>
        <source>Phone number: just type it</source>
        <translation>手机号：直接用键盘输入</translation>
    </message>
</context>
<context>
    <name>CodeEntry</name>
    <message>
        <source>Phone number or code</source>
        <translation>手机号或券码</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message numerus="yes">
        <source>%n more digit(s)</source>
        <translation>
            <numerusform>还差 %n 位</numerusform>
        </translation>
    </message>
    <message>
        <source>11 digits of a phone number are looked up by themselves; a code ends with Enter.</source>
        <translation>手机号输满 11 位自动查找；券码输完按 Enter。</translation>
    </message>
    <message>
        <source>No mobile number begins like this; as a code, press Enter.</source>
        <translation>号段不对；如果是券码，请按 Enter。</translation>
    </message>
    <message>
        <source>Looking up…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Press Enter when the code is complete.</source>
        <translation>券码输完后按 Enter。</translation>
    </message>
</context>
<context>
    <name>CrashPanel</name>
    <message>
        <source>Redeeming has stopped. All that was shown as redeemed is kept. Start the program again.</source>
        <translation>核销部分已停止；显示过“已核销”的都已保存。请重新启动程序。</translation>
    </message>
    <message>
        <source>The camera part has stopped; gun and keyboard still work. Start the program again.</source>
        <translation>摄像头部分已停止，扫码枪和键盘照常可用。请重新启动程序。</translation>
    </message>
    <message>
        <source>Uploading has stopped; everything is kept on this lane. Start the program again.</source>
        <translation>上传部分已停止，记录都在本机。请重新启动程序。</translation>
    </message>
    <message>
        <source>A part of the program has stopped; nothing is lost. Start the program again.</source>
        <translation>程序的一部分已停止，记录没有丢失。请重新启动程序。</translation>
    </message>
</context>
<context>
    <name>CustomerCard</name>
    <message>
        <source>Detach</source>
        <translation>解除关联</translation>
    </message>
    <message>
        <source>The customer is no member any more</source>
        <translation>这位顾客不再按会员处理</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Enter the receipt&apos;s amount</source>
        <translation>输入小票金额</translation>
    </message>
    <message>
        <source>Receipt amount</source>
        <translation>小票金额</translation>
    </message>
    <message>
        <source>Coupons of this member</source>
        <translation>会员的券</translation>
    </message>
    <message>
        <source>not entered</source>
        <translation>未输入</translation>
    </message>
    <message>
        <source>No member</source>
        <translation>未识别会员</translation>
    </message>
    <message>
        <source>Scan the member code to see the coupons</source>
        <translation>扫会员码可看到会员的券</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n 分</numerusform>
        </translation>
    </message>
    <message>
        <source>since {day}</source>
        <translation>{day} 入会</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>普通会员</translation>
    </message>
    <message>
        <source>Silver</source>
        <translation>银卡</translation>
    </message>
    <message>
        <source>Gold</source>
        <translation>金卡</translation>
    </message>
    <message numerus="yes">
        <source>%n more, not usable now</source>
        <translation>
            <numerusform>另有 %n 张现在不可用</numerusform>
        </translation>
    </message>
    <message>
        <source>No usable coupons. Scan a coupon the customer brings.</source>
        <translation>没有可用的券。可扫顾客带来的券码。</translation>
    </message>
    <message>
        <source>usable now</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>usable, ends today</source>
        <translation>可用，今天到期</translation>
    </message>
    <message>
        <source>usable until {day}</source>
        <translation>可用，{day} 到期</translation>
    </message>
</context>
<context>
    <name>FunctionBar</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>History</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Promoter</source>
        <translation>促销员</translation>
    </message>
    <message>
        <source>New member</source>
        <translation>新会员</translation>
    </message>
    <message>
        <source>Gifts</source>
        <translation>领取</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁屏</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Change the language</source>
        <translation>切换语言</translation>
    </message>
</context>
<context>
    <name>GunPanel</name>
    <message>
        <source>Scanner test</source>
        <translation>扫码枪测试</translation>
    </message>
    <message>
        <source>Scan this code {count} times with the gun. Nothing is redeemed here.</source>
        <translation>用扫码枪扫这个码 {count} 次。这里扫的不会核销。</translation>
    </message>
    <message>
        <source>Test code</source>
        <translation>测试码</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Begin again</source>
        <translation>重新测试</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>Saved. This station recognises the gun by it from now on.</source>
        <translation>已保存，本机从现在起按它识别扫码枪。</translation>
    </message>
</context>
<context>
    <name>GunWords</name>
    <message>
        <source>Serial gun is being opened</source>
        <translation>正在打开串口枪</translation>
    </message>
    <message>
        <source>Serial gun connected</source>
        <translation>串口枪已连接</translation>
    </message>
    <message>
        <source>No serial gun</source>
        <translation>找不到串口枪</translation>
    </message>
    <message>
        <source>Serial gun: no permission</source>
        <translation>串口枪无权限</translation>
    </message>
    <message>
        <source>Serial gun in use elsewhere</source>
        <translation>串口枪被占用</translation>
    </message>
    <message>
        <source>Serial gun lost</source>
        <translation>串口枪断开</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Scans</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Between keys</source>
        <translation>按键间隔</translation>
    </message>
    <message>
        <source>Prefix, suffix</source>
        <translation>前缀、后缀</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>键盘布局</translation>
    </message>
    <message>
        <source>Serial line</source>
        <translation>串口</translation>
    </message>
    <message>
        <source>not set up</source>
        <translation>未设置</translation>
    </message>
    <message numerus="yes">
        <source>%n more scan(s)</source>
        <translation>
            <numerusform>再扫 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>The gun begins with {key}: it is recognised with certainty.</source>
        <translation>扫码枪以 {key} 开头，识别不会出错。</translation>
    </message>
    <message>
        <source>Recognised by its speed: gaps up to {max} ms, half of them up to {median} ms. A prefix F9 would be more certain.</source>
        <translation>按速度识别：间隔不超过 {max} 毫秒，一半不超过 {median} 毫秒。给枪设前缀 F9 更可靠。</translation>
    </message>
    <message>
        <source>This gun is as slow as a person. Set its prefix to F9 with its own manual, then test again.</source>
        <translation>这把枪和人打字一样慢。请按枪的说明书设前缀 F9，再测一次。</translation>
    </message>
    <message>
        <source>The serial gun works: the test code came through whole.</source>
        <translation>串口枪正常：测试码完整收到。</translation>
    </message>
    <message>
        <source>The serial gun has read: {text}</source>
        <translation>串口枪读到：{text}</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>small letters</source>
        <translation>变成小写</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>不对</translation>
    </message>
    <message>
        <source>signs are lost</source>
        <translation>丢了字符</translation>
    </message>
    <message>
        <source>Capital letters arrive as small ones. Switch Caps Lock off, then test again.</source>
        <translation>大写变成了小写。请关闭 Caps Lock（大写锁定），再测一次。</translation>
    </message>
    <message>
        <source>Other signs arrive. Set gun and machine to the keyboard layout US, then test again.</source>
        <translation>收到的字符不对。请把枪和电脑都设为美式键盘，再测一次。</translation>
    </message>
    <message>
        <source>Signs are lost or doubled. Set a longer delay between keys on the gun, then test again.</source>
        <translation>字符有丢失或重复。请把枪的按键间隔调长，再测一次。</translation>
    </message>
</context>
<context>
    <name>HelpPanel</name>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>扫码</translation>
    </message>
    <message>
        <source>any code, at any time, whatever is on the screen</source>
        <translation>任何码，任何时候，不管屏幕上是什么</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>数字键</translation>
    </message>
    <message>
        <source>begin a phone number</source>
        <translation>直接开始输入手机号</translation>
    </message>
    <message>
        <source>the blue button</source>
        <translation>唯一的蓝色按钮</translation>
    </message>
    <message>
        <source>back to scanning; destroys nothing</source>
        <translation>回到扫码，什么都不会丢</translation>
    </message>
    <message>
        <source>phone number or code by hand</source>
        <translation>手工输入手机号或券码</translation>
    </message>
    <message>
        <source>amount of the receipt</source>
        <translation>小票金额</translation>
    </message>
    <message>
        <source>history of this lane</source>
        <translation>本机记录</translation>
    </message>
    <message>
        <source>change the promoter</source>
        <translation>换促销员</translation>
    </message>
    <message>
        <source>take back: free for 8 seconds, then with a reason</source>
        <translation>撤销：8 秒内直接撤，之后要选原因</translation>
    </message>
    <message>
        <source>choose a coupon and use it</source>
        <translation>选券并使用</translation>
    </message>
    <message>
        <source>detach the member</source>
        <translation>解除会员关联</translation>
    </message>
    <message>
        <source>larger, smaller, normal text</source>
        <translation>放大、缩小、恢复文字</translation>
    </message>
    <message>
        <source>test and set up the scanner gun</source>
        <translation>测试和设置扫码枪</translation>
    </message>
    <message>
        <source>this page</source>
        <translation>本页</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>History of this lane</source>
        <translation>本机记录</translation>
    </message>
    <message>
        <source>Nothing redeemed today yet.</source>
        <translation>今天还没有核销。</translation>
    </message>
    <message>
        <source>Undo this one</source>
        <translation>撤销这一笔</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
</context>
<context>
    <name>HomePanel</name>
    <message>
        <source>Phone number</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>History</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Promoter</source>
        <translation>促销员</translation>
    </message>
    <message numerus="yes">
        <source>Go on typing (%n character(s))</source>
        <translation>
            <numerusform>继续输入（已输 %n 位）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Erase one</source>
        <translation>删一位</translation>
    </message>
    <message>
        <source>Erase all</source>
        <translation>清空</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>POS Client</source>
        <translation>核销台</translation>
    </message>
</context>
<context>
    <name>OverridePage</name>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>Supervisor&apos;s PIN</source>
        <translation>主管密码</translation>
    </message>
    <message>
        <source>Read out {challenge}; type what head office answers.</source>
        <translation>向总部报 {challenge}，再输入总部的答码。</translation>
    </message>
    <message>
        <source>Head office by telephone</source>
        <translation>打电话给总部</translation>
    </message>
    <message>
        <source>Nothing waits for a supervisor</source>
        <translation>没有要主管放行的</translation>
    </message>
    <message>
        <source>What a supervisor may allow is offered here when a code needs it.</source>
        <translation>扫到需要主管的码时，在这里放行。</translation>
    </message>
    <message>
        <source>Why is it allowed?</source>
        <translation>为什么放行？</translation>
    </message>
    <message>
        <source>Who allows it?</source>
        <translation>谁来放行？</translation>
    </message>
    <message numerus="yes">
        <source>Today %n more, {money} in all.</source>
        <translation>
            <numerusform>今天还能放行 %n 次，共 {money}。</numerusform>
        </translation>
    </message>
    <message>
        <source>The network is down</source>
        <translation>断网了</translation>
    </message>
    <message>
        <source>A customer we know</source>
        <translation>认识的顾客</translation>
    </message>
    <message>
        <source>Identity was checked</source>
        <translation>核对过身份</translation>
    </message>
    <message>
        <source>The store promised it</source>
        <translation>门店答应过</translation>
    </message>
    <message>
        <source>It makes good for something</source>
        <translation>补偿顾客</translation>
    </message>
    <message>
        <source>Head office agreed</source>
        <translation>总部同意</translation>
    </message>
</context>
<context>
    <name>PinEntry</name>
    <message numerus="yes">
        <source>%n digit(s) typed</source>
        <translation>
            <numerusform>已输入 %n 位</numerusform>
        </translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
</context>
<context>
    <name>PromoterPanel</name>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>Promoter</source>
        <translation>促销员</translation>
    </message>
    <message>
        <source>Who gets the credit from now on? Press the number.</source>
        <translation>从现在起业绩归谁？按数字键选择。</translation>
    </message>
    <message>
        <source>This store has no promoters in its data yet.</source>
        <translation>本店数据里还没有促销员。</translation>
    </message>
</context>
<context>
    <name>RecentList</name>
    <message>
        <source>Last scans</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>有冲突</translation>
    </message>
    <message>
        <source>not redeemed</source>
        <translation>未核销</translation>
    </message>
    <message>
        <source>uploaded</source>
        <translation>已上传</translation>
    </message>
    <message>
        <source>waiting to upload</source>
        <translation>待上传</translation>
    </message>
</context>
<context>
    <name>ScanPage</name>
    <message>
        <source>Cannot decide now</source>
        <translation>暂时无法判断</translation>
    </message>
</context>
<context>
    <name>SideColumn</name>
    <message>
        <source>Mine today</source>
        <translation>今日我的</translation>
    </message>
    <message>
        <source>Last scans</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>redeemed</source>
        <translation>核销</translation>
    </message>
    <message>
        <source>handed over</source>
        <translation>领奖</translation>
    </message>
    <message>
        <source>bound</source>
        <translation>绑定</translation>
    </message>
    <message>
        <source>Nothing redeemed today yet.</source>
        <translation>今天还没有核销。</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>lane {number}</source>
        <translation>{number}号机</translation>
    </message>
    <message>
        <source>Clerk {name}</source>
        <translation>店员 {name}</translation>
    </message>
    <message>
        <source>Promoter {name}</source>
        <translation>促销员 {name}</translation>
    </message>
    <message>
        <source>No promoter</source>
        <translation>促销员 未选</translation>
    </message>
    <message>
        <source>Change who gets the credit</source>
        <translation>换人计业绩</translation>
    </message>
    <message>
        <source>No camera</source>
        <translation>没有摄像头</translation>
    </message>
    <message>
        <source>Camera is starting</source>
        <translation>摄像头启动中</translation>
    </message>
    <message>
        <source>Camera is watching</source>
        <translation>摄像头正常</translation>
    </message>
    <message>
        <source>Camera lost</source>
        <translation>摄像头断开</translation>
    </message>
    <message>
        <source>Scanner gun last heard at {time}</source>
        <translation>扫码枪正常，最近 {time}</translation>
    </message>
    <message>
        <source>Scanner gun not heard yet</source>
        <translation>还没有收到扫码枪</translation>
    </message>
    <message>
        <source>Sound: press to hear it</source>
        <translation>声音正常，按一下试听</translation>
    </message>
    <message>
        <source>No loudspeaker</source>
        <translation>没有声音设备</translation>
    </message>
    <message>
        <source>Press to test the scanner gun</source>
        <translation>点按测试扫码枪</translation>
    </message>
    <message>
        <source>Network: press to send and fetch now</source>
        <translation>网络：按一下立即同步</translation>
    </message>
    <message>
        <source>Online · {age} ago</source>
        <translation>在线 · {age}前</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Network slow</source>
        <translation>网络慢</translation>
    </message>
    <message>
        <source>Offline store</source>
        <translation>离线门店</translation>
    </message>
    <message>
        <source>Uploading</source>
        <translation>正在上传</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>有冲突</translation>
    </message>
    <message>
        <source>Check the clock</source>
        <translation>请校准时钟</translation>
    </message>
    <message>
        <source>Disk nearly full</source>
        <translation>磁盘快满</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
</context>
<context>
    <name>UndoPanel</name>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>Nothing to take back</source>
        <translation>没有可撤销的记录</translation>
    </message>
    <message>
        <source>Only what this lane has redeemed and not taken back yet.</source>
        <translation>只能撤销本机核销过、还没有撤销的。</translation>
    </message>
    <message>
        <source>Take back: {what}</source>
        <translation>撤销：{what}</translation>
    </message>
    <message>
        <source>The coupon can be used again; the customer&apos;s {money} off is gone. Why?</source>
        <translation>券恢复可用，已减的 {money} 收回。原因？</translation>
    </message>
    <message>
        <source>The coupon can be used again. Why?</source>
        <translation>券恢复可用。原因？</translation>
    </message>
    <message>
        <source>Wrong coupon scanned</source>
        <translation>扫错券</translation>
    </message>
    <message>
        <source>Customer returns the goods</source>
        <translation>顾客退货</translation>
    </message>
    <message>
        <source>Amount was wrong</source>
        <translation>金额错</translation>
    </message>
    <message>
        <source>Redeemed twice</source>
        <translation>重复核销</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>VerdictPanel</name>
    <message>
        <source>Ready to scan</source>
        <translation>请扫码</translation>
    </message>
    <message>
        <source>The answer appears here and stays until the next scan.</source>
        <translation>结果显示在这里，并保留到下一次扫码。</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在核对…</translation>
    </message>
    <message>
        <source>You can go on scanning.</source>
        <translation>可以继续扫码。</translation>
    </message>
    <message>
        <source>Redeem</source>
        <translation>确认核销</translation>
    </message>
    <message>
        <source>Redeem what is shown</source>
        <translation>核销显示的这张券</translation>
    </message>
    <message>
        <source>Enter the amount</source>
        <translation>输入金额</translation>
    </message>
    <message>
        <source>Find the member</source>
        <translation>查找会员</translation>
    </message>
    <message>
        <source>Look at the record</source>
        <translation>查看那一笔</translation>
    </message>
    <message>
        <source>Ask a supervisor</source>
        <translation>请主管放行</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo, with reason</source>
        <translation>撤销（选原因）</translation>
    </message>
    <message>
        <source>Take the redemption back</source>
        <translation>撤销这笔核销</translation>
    </message>
</context>
<context>
    <name>Viewfinder</name>
    <message>
        <source>No camera: use the scanner gun</source>
        <translation>没有摄像头，请用扫码枪</translation>
    </message>
    <message>
        <source>Camera is starting…</source>
        <translation>摄像头启动中…</translation>
    </message>
    <message>
        <source>Camera lost; the scanner gun still works</source>
        <translation>摄像头断开，扫码枪可用</translation>
    </message>
    <message>
        <source>Hold still</source>
        <translation>请拿稳</translation>
    </message>
    <message>
        <source>Too dark: turn up the screen or the light</source>
        <translation>太暗，请调亮手机或灯光</translation>
    </message>
    <message>
        <source>Too bright: tilt the code a little</source>
        <translation>太亮或反光，请稍微倾斜</translation>
    </message>
    <message>
        <source>Blurred: move the code nearer or farther</source>
        <translation>不清晰，请前后移动一点</translation>
    </message>
    <message>
        <source>Too far: bring the code closer</source>
        <translation>太远，请靠近一点</translation>
    </message>
    <message>
        <source>The code keeps changing: show one only</source>
        <translation>码在变化，请只出示一个</translation>
    </message>
    <message>
        <source>Camera picture</source>
        <translation>摄像头画面</translation>
    </message>
</context>
</TS>
