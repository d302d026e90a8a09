<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AccessPage</name>
    <message>
        <source>How would you like it?</source>
        <translation>您想怎么用？</translation>
    </message>
    <message>
        <source>It holds for you only, and ends with your visit.</source>
        <translation>只对您这一次有效，用完自动恢复。</translation>
    </message>
    <message>
        <source>Large text</source>
        <translation>大字</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>高对比</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>Too high?</source>
        <translation>够不着？</translation>
    </message>
    <message>
        <source>Everything within lower reach</source>
        <translation>所有按钮放到低处</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>好了</translation>
    </message>
    <message>
        <source>Choose language, large text, contrast, voice or low reach.</source>
        <translation>可以选择语言、大字、高对比、语音和低位按钮。</translation>
    </message>
</context>
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
    <name>AttractPage</name>
    <message>
        <source>Scan and save</source>
        <translation>扫码用优惠</translation>
    </message>
    <message>
        <source>Touch to begin</source>
        <translation>点击开始</translation>
    </message>
    <message>
        <source>Large text</source>
        <translation>大字</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>Staff</source>
        <translation>店员</translation>
    </message>
    <message>
        <source>Scan your member code, or touch the screen to begin.</source>
        <translation>请扫会员码，或点屏幕开始。</translation>
    </message>
    <message>
        <source>Hold your member code to the reader</source>
        <translation>把会员码放到读码口</translation>
    </message>
    <message>
        <source>All your coupons with one touch</source>
        <translation>您的券，点一下全用上</translation>
    </message>
    <message>
        <source>Large text, voice and staff are always there</source>
        <translation>大字、语音、店员，随时都在</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Scan the coupon again to finish it.</source>
        <translation>再扫一次那张券就能做完。</translation>
    </message>
    <message numerus="yes">
        <source>%n uploaded</source>
        <translation>
            <numerusform>已上传 %n 笔</numerusform>
        </translation>
    </message>
    <message>
        <source>See them</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Why? What to do?</source>
        <translation>原因 · 怎么办</translation>
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
    <name>CallCard</name>
    <message>
        <source>Kiosk {number} calls</source>
        <translation>{number} 号自助机呼叫</translation>
    </message>
    <message>
        <source>{name} goes to kiosk {number}</source>
        <translation>{name} 去 {number} 号自助机</translation>
    </message>
    <message>
        <source>Kiosk {number} has waited too long, go now</source>
        <translation>{number} 号自助机等太久了，请马上去</translation>
    </message>
    <message numerus="yes">
        <source>%n more call(s)</source>
        <translation>
            <numerusform>还有 %n 个呼叫</numerusform>
        </translation>
    </message>
    <message>
        <source>waits {age}</source>
        <translation>已等 {age}</translation>
    </message>
    <message>
        <source>Helped</source>
        <translation>已处理</translation>
    </message>
    <message>
        <source>I go</source>
        <translation>我去</translation>
    </message>
    <message>
        <source>first screen</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>cannot scan</source>
        <translation>扫码页</translation>
    </message>
    <message>
        <source>types the phone number</source>
        <translation>正在输手机号</translation>
    </message>
    <message>
        <source>chooses coupons</source>
        <translation>正在选券</translation>
    </message>
    <message>
        <source>waits for the answer</source>
        <translation>等结果</translation>
    </message>
    <message>
        <source>sees the result</source>
        <translation>看到结果</translation>
    </message>
    <message>
        <source>kiosk out of order</source>
        <translation>自助机停用</translation>
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
        <source>Phone number: type it</source>
        <translation>手机号：直接用键盘输入</translation>
    </message>
    <message>
        <source>Picture of the receipt</source>
        <translation>小票照片</translation>
    </message>
</context>
<context>
    <name>ChangePanel</name>
    <message>
        <source>Member {member}</source>
        <translation>会员 {member}</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>主管</translation>
    </message>
    <message>
        <source>A supervisor signs instead</source>
        <translation>改由主管签字</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>The one-time code</source>
        <translation>短信验证码</translation>
    </message>
    <message>
        <source>Who signs for the new number?</source>
        <translation>换号由谁签字？</translation>
    </message>
    <message>
        <source>The supervisor&apos;s PIN</source>
        <translation>主管密码</translation>
    </message>
    <message>
        <source>New phone number</source>
        <translation>新手机号</translation>
    </message>
    <message>
        <source>Change the number</source>
        <translation>换成这个号码</translation>
    </message>
    <message>
        <source>Send a code</source>
        <translation>发送验证码</translation>
    </message>
    <message>
        <source>Ask a supervisor</source>
        <translation>请主管签字</translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong PINs. Wait %n second(s).</source>
        <translation>
            <numerusform>密码错太多次，请等 %n 秒。</numerusform>
        </translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍等…</translation>
    </message>
    <message>
        <source>No member stands here. Scan the member&apos;s code, or type the old number.</source>
        <translation>还没有会员。请扫会员码，或输入原手机号。</translation>
    </message>
    <message>
        <source>A code went to the old number. The customer reads out its 6 digits.</source>
        <translation>验证码已发到原号码，请顾客念出 6 位数字。</translation>
    </message>
    <message>
        <source>{name}: look at the customer, then your PIN and Enter.</source>
        <translation>{name}：请确认是顾客本人，输入密码后按 Enter。</translation>
    </message>
    <message>
        <source>No mobile number begins like this.</source>
        <translation>手机号段不对。</translation>
    </message>
    <message numerus="yes">
        <source>%n more digit(s)</source>
        <translation>
            <numerusform>还差 %n 位</numerusform>
        </translation>
    </message>
    <message>
        <source>Check the number with the customer.</source>
        <translation>请和顾客核对号码。</translation>
    </message>
    <message>
        <source>His code was scanned: the new number is enough.</source>
        <translation>已扫会员码，输入新号码即可。</translation>
    </message>
    <message>
        <source>A code then goes to the old number; or scan the member&apos;s own code.</source>
        <translation>下一步向原号码发验证码，也可以扫会员码。</translation>
    </message>
    <message>
        <source>A supervisor then signs; or scan the member&apos;s own code.</source>
        <translation>下一步由主管签字，也可以扫会员码。</translation>
    </message>
    <message>
        <source>Nobody here can sign. The member&apos;s own code changes it too.</source>
        <translation>这里没有人可以签字，扫会员码也能换号。</translation>
    </message>
    <message>
        <source>No way to the centre: a supervisor signs. Tap a name or scan the badge.</source>
        <translation>连不上总部，请主管签字：点姓名或扫工牌。</translation>
    </message>
    <message>
        <source>Who looked at the customer? Tap a name or scan the badge.</source>
        <translation>谁确认了顾客本人？点姓名或扫工牌。</translation>
    </message>
</context>
<context>
    <name>CheckDetail</name>
    <message>
        <source>For support: {line}</source>
        <translation>技术支持用：{line}</translation>
    </message>
    <message>
        <source>How to mend it</source>
        <translation>怎么修</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Scanner test</source>
        <translation>扫码枪测试</translation>
    </message>
    <message>
        <source>Test strip</source>
        <translation>打印测试条</translation>
    </message>
    <message>
        <source>Code seen</source>
        <translation>看到码</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Accepted offline</source>
        <translation>可用，待上传</translation>
    </message>
    <message>
        <source>Look here</source>
        <translation>请看一下</translation>
    </message>
    <message>
        <source>Used already</source>
        <translation>已核销</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>A prize</source>
        <translation>中奖</translation>
    </message>
    <message>
        <source>A kiosk calls</source>
        <translation>自助机呼叫</translation>
    </message>
    <message>
        <source>Day closed</source>
        <translation>收班完成</translation>
    </message>
    <message>
        <source>Pictures a second</source>
        <translation>每秒画面</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>Codes read</source>
        <translation>读出的码</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>画面大小</translation>
    </message>
    <message>
        <source>good</source>
        <translation>好</translation>
    </message>
    <message>
        <source>turn the lens, or wipe it</source>
        <translation>擦一擦或转一下镜头</translation>
    </message>
    <message>
        <source>hold a code up</source>
        <translation>请举起一个码</translation>
    </message>
</context>
<context>
    <name>CheckWords</name>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Centre&apos;s server</source>
        <translation>总部服务器</translation>
    </message>
    <message>
        <source>Store&apos;s server</source>
        <translation>门店服务器</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Scanner gun</source>
        <translation>扫码枪</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Age of the data</source>
        <translation>数据新旧</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>账本</translation>
    </message>
    <message>
        <source>Key of this lane</source>
        <translation>本机密钥</translation>
    </message>
    <message>
        <source>Enrolment</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Code readers</source>
        <translation>读码程序</translation>
    </message>
    <message>
        <source>not tested</source>
        <translation>未测试</translation>
    </message>
    <message>
        <source>testing…</source>
        <translation>正在测试…</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>look at it</source>
        <translation>要看一下</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>有故障</translation>
    </message>
    <message>
        <source>Nothing to do.</source>
        <translation>不用处理。</translation>
    </message>
    <message>
        <source>Close the window and open it again. If it stays so, call the office.</source>
        <translation>关掉窗口再打开。还不行就打电话给总部。</translation>
    </message>
    <message>
        <source>Is the cable in? Does the router have light? You can go on redeeming meanwhile.</source>
        <translation>网线插好了吗？路由器灯亮吗？可以继续核销。</translation>
    </message>
    <message>
        <source>Nothing to do here: go on. What you do is sent as soon as the centre answers.</source>
        <translation>不用处理，继续做。总部恢复后自动上传。</translation>
    </message>
    <message>
        <source>Is the store&apos;s server switched on? Each lane goes on alone meanwhile.</source>
        <translation>门店服务器开着吗？各机可以单独继续。</translation>
    </message>
    <message>
        <source>Call the supervisor: the day must be confirmed, or the clock set right.</source>
        <translation>请主管来：要确认日期或调好时钟。</translation>
    </message>
    <message>
        <source>Plug the camera in again, and close other programs that use it. The gun still works.</source>
        <translation>重插摄像头，关掉占用它的程序。扫码枪照常用。</translation>
    </message>
    <message>
        <source>Plug it in again and test it (Ctrl+G). You can type the number meanwhile.</source>
        <translation>重插扫码枪再测试（Ctrl+G）。可以先手输号码。</translation>
    </message>
    <message>
        <source>Is it switched on, is there paper? Redeeming goes on without it.</source>
        <translation>开机了吗？有纸吗？不打印也能核销。</translation>
    </message>
    <message>
        <source>Is the loudspeaker on and not muted? Watch the colours and shapes meanwhile.</source>
        <translation>音箱开了吗？静音了吗？先看颜色和形状。</translation>
    </message>
    <message>
        <source>The disk is nearly full. Call the office before tonight; delete nothing yourself.</source>
        <translation>磁盘快满了。今天内打电话给总部，不要自己删文件。</translation>
    </message>
    <message>
        <source>Connect to the network and press the cloud at the top once.</source>
        <translation>连上网，点一下上方的云。</translation>
    </message>
    <message>
        <source>Call the office: this lane must be enrolled again.</source>
        <translation>打电话给总部：本机要重新登记。</translation>
    </message>
    <message>
        <source>Stop here and call the office. Delete nothing: nothing is lost.</source>
        <translation>先停下，打电话给总部。不要删任何东西，数据没丢。</translation>
    </message>
    <message>
        <source>Some codes may be read more slowly. Tell the office.</source>
        <translation>有些码会读得慢，请告诉总部。</translation>
    </message>
</context>
<context>
    <name>CheckingPage</name>
    <message>
        <source>One moment…</source>
        <translation>请稍等…</translation>
    </message>
    <message>
        <source>Your code was read</source>
        <translation>码已读到</translation>
    </message>
</context>
<context>
    <name>ClerkSide</name>
    <message>
        <source>Bind a new member</source>
        <translation>新会员绑定</translation>
    </message>
    <message>
        <source>This code counts for {whose}</source>
        <translation>本码归属 {whose}</translation>
    </message>
    <message>
        <source>Choose a promoter</source>
        <translation>选促销员</translation>
    </message>
    <message>
        <source>By phone instead</source>
        <translation>改用手机号验证</translation>
    </message>
    <message>
        <source>Code on paper</source>
        <translation>纸质码</translation>
    </message>
    <message>
        <source>Turn to the customer</source>
        <translation>转给顾客看</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>1 Code shown</source>
        <translation>1 码已显示</translation>
    </message>
    <message>
        <source>2 Binding</source>
        <translation>2 绑定</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中…</translation>
    </message>
    <message>
        <source>A new member gets: {gifts}</source>
        <translation>绑定后自动送：{gifts}</translation>
    </message>
    <message>
        <source>No gift for new members at present.</source>
        <translation>现在没有新会员礼。</translation>
    </message>
    <message>
        <source>Offline: this code is always the same. Who scans it becomes known here later.</source>
        <translation>离线：显示长期码，绑定结果稍后到。</translation>
    </message>
    <message>
        <source>Nobody yet. Did WeChat ask to follow? Otherwise take the phone number.</source>
        <translation>还没人扫成。看看微信是否要点关注，或改用手机号。</translation>
    </message>
    <message>
        <source>The code comes out of the slip printer.</source>
        <translation>码正从小票机打出来。</translation>
    </message>
    <message>
        <source>The code on paper is kept as {name}.</source>
        <translation>纸质码已存为 {name}。</translation>
    </message>
    <message numerus="yes">
        <source>%n more digit(s)</source>
        <translation>
            <numerusform>还差 %n 位</numerusform>
        </translation>
    </message>
    <message>
        <source>No mobile number begins like this.</source>
        <translation>手机号段不对。</translation>
    </message>
    <message>
        <source>Check the number with the customer.</source>
        <translation>请和顾客核对号码。</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍等…</translation>
    </message>
    <message>
        <source>The customer reads out the 6 digits from the message.</source>
        <translation>请顾客念短信里的 6 位数字。</translation>
    </message>
    <message>
        <source>No way to the centre: bind now, check the number another day.</source>
        <translation>连不上总部：先绑定，号码以后再验。</translation>
    </message>
    <message>
        <source>The one-time code</source>
        <translation>短信验证码</translation>
    </message>
    <message>
        <source>The customer&apos;s phone number</source>
        <translation>顾客手机号</translation>
    </message>
    <message>
        <source>Send a code</source>
        <translation>发送验证码</translation>
    </message>
    <message>
        <source>Bind</source>
        <translation>绑定</translation>
    </message>
    <message>
        <source>Bind without a code</source>
        <translation>不验证，直接绑定</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Several members have this number</source>
        <translation>这个号码有几位会员</translation>
    </message>
    <message>
        <source>Who is it? Press the number.</source>
        <translation>是哪一位？按数字键。</translation>
    </message>
    <message>
        <source>Whose code is it?</source>
        <translation>这是谁的码？</translation>
    </message>
    <message>
        <source>Who gets the credit from now on? Press the number.</source>
        <translation>从现在起算谁的业绩？按数字键。</translation>
    </message>
    <message>
        <source>This store has no promoters in its data yet.</source>
        <translation>本店数据里还没有促销员。</translation>
    </message>
    <message>
        <source>Go on with this customer</source>
        <translation>继续接待</translation>
    </message>
</context>
<context>
    <name>ClosePage</name>
    <message>
        <source>End of the day</source>
        <translation>收班</translation>
    </message>
    <message>
        <source>Step before</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Leave; everything is kept</source>
        <translation>先离开，自动保存</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>The slip is shown once the count is done.</source>
        <translation>清点完成后显示小票。</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍等…</translation>
    </message>
    <message>
        <source>{line} {next}</source>
        <translation>{line}{next}</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s so far</source>
        <translation>已用 {minutes} 分 {seconds} 秒</translation>
    </message>
</context>
<context>
    <name>ClosePapers</name>
    <message>
        <source>Saved: {file}</source>
        <translation>已保存：{file}</translation>
    </message>
    <message>
        <source>Not printed: {why} The PDF is kept; print it later.</source>
        <translation>没有打印：{why}PDF 已保存，可以稍后打印。</translation>
    </message>
    <message>
        <source>The slip is printed.</source>
        <translation>小票已打印。</translation>
    </message>
    <message>
        <source>The day is closed; the slip waits for the printer. {why}</source>
        <translation>收班已完成，小票等着打印。{why}</translation>
    </message>
    <message>
        <source>The slip is printing.</source>
        <translation>正在打印小票。</translation>
    </message>
    <message>
        <source>This station has no printer. The PDF is kept; print it elsewhere.</source>
        <translation>这台没有打印机。PDF 已保存，可以在别处打印。</translation>
    </message>
</context>
<context>
    <name>ClosedPage</name>
    <message>
        <source>the counter</source>
        <translation>柜台</translation>
    </message>
    <message>
        <source>This kiosk is out of order</source>
        <translation>本机暂停使用</translation>
    </message>
    <message>
        <source>Please go to {place}</source>
        <translation>请到{place}</translation>
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
    <message>
        <source>11 digits are looked up by themselves; the last four, or a code, end with Enter.</source>
        <translation>手机号满 11 位自动查询；尾号 4 位或券码按 Enter。</translation>
    </message>
    <message>
        <source>Enter looks for the last four digits; or go on typing.</source>
        <translation>按 Enter 查尾号，或继续输入。</translation>
    </message>
</context>
<context>
    <name>ConflictStep</name>
    <message>
        <source>What head office takes otherwise</source>
        <translation>总部有不同意见的记录</translation>
    </message>
    <message>
        <source>Head office takes everything as it is.</source>
        <translation>总部没有不同意见</translation>
    </message>
    <message>
        <source>What it finds later comes with the next day.</source>
        <translation>以后发现的，会列在下一天。</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>第 {place} 笔，共 {count} 笔</translation>
    </message>
    <message>
        <source>The customer has it: book the loss</source>
        <translation>顾客已享受，记损</translation>
    </message>
    <message>
        <source>Take ours back when signing</source>
        <translation>签字时撤销本机这笔</translation>
    </message>
    <message>
        <source>Leave it to the supervisor</source>
        <translation>转主管</translation>
    </message>
    <message>
        <source>Decide first</source>
        <translation>请先处理</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>{count} to decide. Press 1, 2 or 3; nothing is decided by itself.</source>
        <translation>还有 {count} 笔要处理。按 1、2 或 3，系统不会替您决定。</translation>
    </message>
    <message>
        <source>All are decided. A decision may be changed until the day is signed.</source>
        <translation>都处理好了。签字之前还可以改。</translation>
    </message>
    <message>
        <source>not decided</source>
        <translation>未处理</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>记损</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>supervisor</source>
        <translation>转主管</translation>
    </message>
    <message>
        <source>This lane: given, {money} off</source>
        <translation>本机：已核销，优惠 {money}</translation>
    </message>
    <message>
        <source>This lane: given</source>
        <translation>本机：已发放</translation>
    </message>
    <message>
        <source>Head office: used at {place}, {time}</source>
        <translation>总部：{time} 已在 {place} 用过</translation>
    </message>
    <message>
        <source>Head office: {why}</source>
        <translation>总部：{why}</translation>
    </message>
</context>
<context>
    <name>CountStep</name>
    <message>
        <source>Count what lies at the booth</source>
        <translation>清点台面上的东西</translation>
    </message>
    <message>
        <source>Begun and not finished: {count}</source>
        <translation>有 {count} 笔开了头没做完</translation>
    </message>
    <message>
        <source>End them</source>
        <translation>结束它们</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Set the number</source>
        <translation>记下数量</translation>
    </message>
    <message>
        <source>The count is right</source>
        <translation>数量无误</translation>
    </message>
    <message>
        <source>Makers&apos; paper coupons in the drawer</source>
        <translation>抽屉里的厂家纸券</translation>
    </message>
    <message>
        <source>The count is done and is not changed any more.</source>
        <translation>清点已完成，不能再改。</translation>
    </message>
    <message>
        <source>Nothing is kept here that must be counted.</source>
        <translation>这里没有需要清点的东西。</translation>
    </message>
    <message>
        <source>Type how many there are, then Enter. How many there should be is shown afterwards.</source>
        <translation>输入实际数量，按 Enter。应有数量清点完才显示。</translation>
    </message>
    <message>
        <source>not counted yet</source>
        <translation>还没清点</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Promoter</source>
        <translation>促销员</translation>
    </message>
    <message>
        <source>{count} · {money}</source>
        <translation>{count} 笔 · {money}</translation>
    </message>
    <message>
        <source>Figures of the day</source>
        <translation>当天数字</translation>
    </message>
</context>
<context>
    <name>CouponsPage</name>
    <message>
        <source>Touch one coupon, or use all of them</source>
        <translation>点一张用一张，也可以全部使用</translation>
    </message>
    <message>
        <source>More coupons</source>
        <translation>更多券</translation>
    </message>
    <message>
        <source>Use all</source>
        <translation>全部使用</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>不用了</translation>
    </message>
    <message>
        <source>Hello, {name}</source>
        <translation>{name}，您好</translation>
    </message>
    <message>
        <source>Hello</source>
        <translation>您好</translation>
    </message>
    <message numerus="yes">
        <source>%n coupon(s) can be used now</source>
        <translation>
            <numerusform>您有 %n 张可用</numerusform>
        </translation>
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
        <source>Records</source>
        <translation>查看记录</translation>
    </message>
    <message>
        <source>What was done with this member on this lane</source>
        <translation>这位会员在本机办过什么</translation>
    </message>
    <message>
        <source>Code for a new-member coupon</source>
        <translation>扫码领新人券</translation>
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
        <source>Change number</source>
        <translation>换手机号</translation>
    </message>
    <message>
        <source>Another phone number for this member</source>
        <translation>给这位会员换手机号</translation>
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
    <message>
        <source>Best set</source>
        <translation>最佳组合</translation>
    </message>
    <message>
        <source>Use this customer&apos;s coupons together</source>
        <translation>一起使用这位顾客的券</translation>
    </message>
    <message>
        <source>{name}, {ends}, {off}</source>
        <translation>{name}，{ends}，{off}</translation>
    </message>
    <message>
        <source>{count} × {why}</source>
        <translation>{why} {count} 张</translation>
    </message>
</context>
<context>
    <name>DashboardPage</name>
    <message>
        <source>Copied: {what}</source>
        <translation>已复制：{what}</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>已保存：{file}</translation>
    </message>
    <message>
        <source>They appear by themselves once the counter opens.</source>
        <translation>开门后自动出现。</translation>
    </message>
    <message>
        <source>No figures yet</source>
        <translation>还没有数据</translation>
    </message>
    <message>
        <source>Nothing was done on this day</source>
        <translation>这一天没有记录</translation>
    </message>
</context>
<context>
    <name>DayBar</name>
    <message>
        <source>Figures</source>
        <translation>看板</translation>
    </message>
    <message>
        <source>Day before</source>
        <translation>前一天</translation>
    </message>
    <message>
        <source>Day after</source>
        <translation>后一天</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
</context>
<context>
    <name>DeedBar</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save as CSV and Excel</source>
        <translation>存为 CSV 和 Excel</translation>
    </message>
    <message>
        <source>As bars</source>
        <translation>看图</translation>
    </message>
    <message>
        <source>As a table</source>
        <translation>看表格</translation>
    </message>
</context>
<context>
    <name>DifferenceStep</name>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>A reason is needed; it is written down with the day.</source>
        <translation>需要写明原因，随当天一起存档。</translation>
    </message>
    <message>
        <source>Everything is as it should be.</source>
        <translation>都对上了。</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>什么原因？</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Choose a reason</source>
        <translation>请选原因</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>at the host</source>
        <translation>商场那边</translation>
    </message>
    <message>
        <source>Head office takes them otherwise</source>
        <translation>总部有不同意见</translation>
    </message>
    <message>
        <source>Makers&apos; paper coupons in the drawer</source>
        <translation>抽屉里的厂家纸券</translation>
    </message>
    <message>
        <source>should be {expected}, counted {counted}</source>
        <translation>应有 {expected}，实点 {counted}</translation>
    </message>
    <message>
        <source>{count} too many</source>
        <translation>多 {count}</translation>
    </message>
    <message>
        <source>{count} missing</source>
        <translation>少 {count}</translation>
    </message>
    <message>
        <source>Broken, or used as a tester</source>
        <translation>损坏或当试用品用了</translation>
    </message>
    <message>
        <source>Given without a scan</source>
        <translation>发了没扫码</translation>
    </message>
    <message>
        <source>Delivery not recorded yet</source>
        <translation>到货还没登记</translation>
    </message>
    <message>
        <source>The host corrects it</source>
        <translation>商场会更正</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>不清楚</translation>
    </message>
</context>
<context>
    <name>DoneStep</name>
    <message>
        <source>The day is closed</source>
        <translation>收班完成</translation>
    </message>
    <message>
        <source>Done for today. Thank you!</source>
        <translation>今天完成，辛苦了</translation>
    </message>
    <message>
        <source>Redeemed {redeemed} · Bound {bound}</source>
        <translation>核销 {redeemed} · 绑定 {bound}</translation>
    </message>
    <message>
        <source>Print the slip</source>
        <translation>打印小票</translation>
    </message>
    <message>
        <source>Save as PDF and Excel</source>
        <translation>存为 PDF 和 Excel</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>Not uploaded: {count} (sealed). They go by themselves.</source>
        <translation>未上传 {count}（封存），联网后自动上传。</translation>
    </message>
</context>
<context>
    <name>FarewellPage</name>
    <message>
        <source>Thank you!</source>
        <translation>谢谢！</translation>
    </message>
    <message>
        <source>Nothing of you stays on this screen</source>
        <translation>您的信息已从屏幕清除</translation>
    </message>
    <message>
        <source>Next customer</source>
        <translation>下一位</translation>
    </message>
</context>
<context>
    <name>FigureWords</name>
    <message>
        <source>Redeemed</source>
        <translation>核销</translation>
    </message>
    <message>
        <source>Money off</source>
        <translation>优惠额</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Usual on this weekday</source>
        <translation>同星期平均</translation>
    </message>
    <message>
        <source>By hour</source>
        <translation>按小时</translation>
    </message>
    <message>
        <source>By campaign</source>
        <translation>按活动</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>By promoter</source>
        <translation>按促销员</translation>
    </message>
    <message>
        <source>Promoter</source>
        <translation>促销员</translation>
    </message>
    <message>
        <source>Why refused</source>
        <translation>拒绝原因</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>{count} taken back</source>
        <translation>撤销 {count}</translation>
    </message>
    <message>
        <source>{money} off</source>
        <translation>优惠 {money}</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>等待上传</translation>
    </message>
    <message>
        <source>all at head office</source>
        <translation>都已上传</translation>
    </message>
    <message>
        <source>Bound</source>
        <translation>绑定</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>领奖</translation>
    </message>
    <message>
        <source>Refusal rate</source>
        <translation>拒绝率</translation>
    </message>
    <message>
        <source>{count} refused</source>
        <translation>拒绝 {count}</translation>
    </message>
    <message>
        <source>To sync</source>
        <translation>待同步</translation>
    </message>
    <message>
        <source>Today, {day}</source>
        <translation>今天 {day}</translation>
    </message>
    <message>
        <source>As of {time}</source>
        <translation>统计到{time}</translation>
    </message>
    <message>
        <source>As of {time}, {age} ago</source>
        <translation>统计到{time}，{age}前</translation>
    </message>
    <message>
        <source>Bars: this day. Dashed line with dots: mean of the same weekday over {weeks} weeks.</source>
        <translation>柱：当天。带圆点的虚线：近 {weeks} 周同星期的平均。</translation>
    </message>
    <message>
        <source>front third</source>
        <translation>前三分之一</translation>
    </message>
    <message>
        <source>middle third</source>
        <translation>中间三分之一</translation>
    </message>
    <message>
        <source>last third</source>
        <translation>后三分之一</translation>
    </message>
    <message>
        <source>You: {place} of {count}</source>
        <translation>您在 {count} 人中排{place}</translation>
    </message>
    <message>
        <source>{one}; {other}</source>
        <translation>{one}；{other}</translation>
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
        <source>Join</source>
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
    <name>GuidePage</name>
    <message>
        <source>Scan and save</source>
        <translation>扫码用优惠</translation>
    </message>
    <message>
        <source>Type phone number</source>
        <translation>输入手机号</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>不用了</translation>
    </message>
    <message>
        <source>Hold your code to the scanner</source>
        <translation>把码放到扫码枪前</translation>
    </message>
    <message>
        <source>Hold your member code to the red light below</source>
        <translation>把会员码放在下方红光处</translation>
    </message>
    <message>
        <source>Hold your member code to the red light on the right</source>
        <translation>把会员码放在右边红光处</translation>
    </message>
    <message>
        <source>Hold your member code to the red light on the left</source>
        <translation>把会员码放在左边红光处</translation>
    </message>
    <message>
        <source>I see it. A little closer</source>
        <translation>看到了，再近一点</translation>
    </message>
    <message>
        <source>Press Call staff and somebody will help you</source>
        <translation>点“呼叫店员”，有人来帮您</translation>
    </message>
    <message>
        <source>I see it: a little further away…</source>
        <translation>看到了，再远一点…</translation>
    </message>
    <message>
        <source>I see it: hold still…</source>
        <translation>看到了，别动…</translation>
    </message>
    <message>
        <source>Make your screen brighter</source>
        <translation>请调亮手机屏幕</translation>
    </message>
    <message>
        <source>Tilt the phone a little</source>
        <translation>手机稍微斜一点</translation>
    </message>
    <message>
        <source>15 to 20 cm away</source>
        <translation>离读码口 15–20 厘米</translation>
    </message>
    <message>
        <source>Not read yet: try once more, with a brighter screen</source>
        <translation>还没读到：调亮屏幕再试一次</translation>
    </message>
    <message>
        <source>Or touch “Type phone number”</source>
        <translation>也可以点“输入手机号”</translation>
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
    <name>HandingQuestions</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>What is given instead?</source>
        <translation>换哪一样？</translation>
    </message>
    <message>
        <source>Of the same worth; a supervisor agrees. Press the number.</source>
        <translation>价值相同，需主管同意。按数字键。</translation>
    </message>
    <message>
        <source>Nothing else lies here.</source>
        <translation>这里没有别的了。</translation>
    </message>
    <message>
        <source>Who agrees?</source>
        <translation>谁同意？</translation>
    </message>
    <message>
        <source>Press the number.</source>
        <translation>按数字键。</translation>
    </message>
    <message>
        <source>Supervisor&apos;s PIN</source>
        <translation>主管 PIN</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>同意</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Go on myself</source>
        <translation>我自己继续</translation>
    </message>
    <message>
        <source>Cancel the call</source>
        <translation>取消呼叫</translation>
    </message>
    <message>
        <source>the service desk</source>
        <translation>服务台</translation>
    </message>
    <message>
        <source>Please go to {place}</source>
        <translation>请到{place}</translation>
    </message>
    <message>
        <source>The call was not heard; help is there</source>
        <translation>呼叫没送到，那里有人帮您</translation>
    </message>
    <message>
        <source>Staff is on the way</source>
        <translation>店员正在过来</translation>
    </message>
    <message>
        <source>Please stay here</source>
        <translation>请在这里稍等</translation>
    </message>
    <message>
        <source>Sorry for the wait</source>
        <translation>让您久等了</translation>
    </message>
    <message>
        <source>We have called again</source>
        <translation>已再次呼叫店员</translation>
    </message>
    <message>
        <source>Staff will be here soon (about 1 minute)</source>
        <translation>店员马上来（约 1 分钟）</translation>
    </message>
    <message>
        <source>You can go on meanwhile</source>
        <translation>您可以继续操作</translation>
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
        <source>any code, at any time</source>
        <translation>随时扫任何码</translation>
    </message>
    <message>
        <source>back; destroys nothing</source>
        <translation>返回，不会丢东西</translation>
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
        <source>a new member</source>
        <translation>新会员</translation>
    </message>
    <message>
        <source>prizes and samples</source>
        <translation>奖品、试用装</translation>
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
        <source>take back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>the last receipt once more</source>
        <translation>再打一次小票</translation>
    </message>
    <message>
        <source>a supervisor allows it</source>
        <translation>主管放行</translation>
    </message>
    <message>
        <source>the answer in large, 3 s</source>
        <translation>结论占满窗口 3 秒</translation>
    </message>
    <message>
        <source>lock, or change places</source>
        <translation>锁屏、换人</translation>
    </message>
    <message>
        <source>this member&apos;s records</source>
        <translation>这位会员的记录</translation>
    </message>
    <message>
        <source>change a member&apos;s number</source>
        <translation>给会员换手机号</translation>
    </message>
    <message>
        <source>photograph the receipt</source>
        <translation>选券时拍小票</translation>
    </message>
    <message>
        <source>scanner test</source>
        <translation>扫码枪测试</translation>
    </message>
    <message>
        <source>choose a coupon and use it</source>
        <translation>选券并使用</translation>
    </message>
    <message>
        <source>coupons together</source>
        <translation>几张券一起用</translation>
    </message>
    <message>
        <source>who was put aside</source>
        <translation>放在一边的顾客</translation>
    </message>
    <message>
        <source>the day in figures</source>
        <translation>今日看板</translation>
    </message>
    <message>
        <source>close the day</source>
        <translation>收班</translation>
    </message>
    <message>
        <source>settings and checks</source>
        <translation>设置和检查</translation>
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
        <source>the network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>this page</source>
        <translation>本页</translation>
    </message>
</context>
<context>
    <name>HistoryDetail</name>
    <message>
        <source>Choose a line</source>
        <translation>请选一条</translation>
    </message>
    <message>
        <source>It opens here, with reprint and undo.</source>
        <translation>在这里看详情，可以补打、撤销。</translation>
    </message>
    <message>
        <source>Undo this one</source>
        <translation>撤销这一条</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>补打</translation>
    </message>
    <message>
        <source>It is taken back already.</source>
        <translation>这一条已经撤销。</translation>
    </message>
    <message>
        <source>This is not taken back here.</source>
        <translation>这一条不能在这里撤销。</translation>
    </message>
    <message>
        <source>Only whoever did it takes it back here; a supervisor can help.</source>
        <translation>只有本人可以撤销，请找主管。</translation>
    </message>
    <message>
        <source>Nothing was redeemed, so there is nothing to take back.</source>
        <translation>没有核销，不用撤销。</translation>
    </message>
    <message>
        <source>There is no printer here.</source>
        <translation>这里没有打印机。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>会员</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>码</translation>
    </message>
    <message>
        <source>Thing</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Still owed</source>
        <translation>还没给</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>小票</translation>
    </message>
    <message>
        <source>Bought for</source>
        <translation>消费</translation>
    </message>
    <message>
        <source>Promoter</source>
        <translation>促销员</translation>
    </message>
    <message>
        <source>Clerk</source>
        <translation>店员</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>History of this lane</source>
        <translation>本机记录</translation>
    </message>
    <message>
        <source>Look through all days</source>
        <translation>查全部日期</translation>
    </message>
    <message>
        <source>Save CSV</source>
        <translation>导出 CSV</translation>
    </message>
    <message>
        <source>Save Excel</source>
        <translation>导出 Excel</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>Deeds of this lane</source>
        <translation>本机做过的事</translation>
    </message>
    <message>
        <source>The book is busy; this is how it stood.</source>
        <translation>账本正忙。先看刚才的，马上再查。</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查…</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>The book does not answer yet. It is asked again by itself.</source>
        <translation>账本还没有回应，会自动再查。</translation>
    </message>
    <message>
        <source>Nothing redeemed today yet.</source>
        <translation>今天还没有核销。</translation>
    </message>
    <message>
        <source>Nothing of this member on this lane.</source>
        <translation>本机没有这位会员的记录。</translation>
    </message>
    <message>
        <source>Nothing found. Try fewer characters, or switch a filter off.</source>
        <translation>没有找到。少输几位，或关掉一个筛选。</translation>
    </message>
    <message numerus="yes">
        <source>Saving: %n line(s)</source>
        <translation>
            <numerusform>正在导出：%n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing of this can be printed here.</source>
        <translation>这一条不能打印。</translation>
    </message>
    <message>
        <source>It is being printed.</source>
        <translation>正在打印。</translation>
    </message>
    <message>
        <source>There is nothing to save.</source>
        <translation>没有可导出的记录。</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已存到：%1</translation>
    </message>
</context>
<context>
    <name>HistoryWords</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>会员</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>优惠</translation>
    </message>
    <message>
        <source>Promoter</source>
        <translation>促销员</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>member …%1</source>
        <translation>会员 …%1</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>not redeemed</source>
        <translation>未核销</translation>
    </message>
    <message>
        <source>to hand over</source>
        <translation>待领取</translation>
    </message>
    <message>
        <source>uploaded</source>
        <translation>已上传</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>待上传</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>HomePanel</name>
    <message>
        <source>Phone number</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>New member</source>
        <translation>新会员</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Prizes, samples</source>
        <translation>领奖、试用</translation>
    </message>
    <message numerus="yes">
        <source>Go on typing (%n character(s))</source>
        <translation>
            <numerusform>继续输入（已输 %n 位）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put aside: %n</source>
        <translation>
            <numerusform>放在一边：%n 位</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InviteCard</name>
    <message>
        <source>Tap your name</source>
        <translation>点您的名字</translation>
    </message>
    <message>
        <source>Tap the supervisor&apos;s name</source>
        <translation>点主管的名字</translation>
    </message>
    <message>
        <source>Tap who gets the credit</source>
        <translation>点业绩归谁</translation>
    </message>
    <message>
        <source>Or scan the badge.</source>
        <translation>也可以扫工牌。</translation>
    </message>
    <message numerus="yes">
        <source>%n code(s) wait until somebody has logged in</source>
        <translation>
            <numerusform>有 %n 个码等登录后处理</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on as {name}</source>
        <translation>{name}继续</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
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
    <name>KioskScreen</name>
    <message>
        <source>POS Client kiosk</source>
        <translation>自助核销</translation>
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
    <name>MemberFeed</name>
    <message>
        <source>Done on this lane</source>
        <translation>在本机办过的</translation>
    </message>
    <message>
        <source>What was done with this member on this lane</source>
        <translation>这位会员在本机办过什么</translation>
    </message>
    <message>
        <source>The book does not answer now.</source>
        <translation>记录暂时读不出来。</translation>
    </message>
    <message>
        <source>Scanning goes on as ever.</source>
        <translation>扫码照常。</translation>
    </message>
    <message>
        <source>Nothing of this member on this lane yet.</source>
        <translation>这位会员在本机还没有记录。</translation>
    </message>
    <message>
        <source>What is redeemed, given or bought here will stand here.</source>
        <translation>核销、领取、购物后会显示在这里。</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>given</source>
        <translation>领券</translation>
    </message>
    <message>
        <source>redeemed</source>
        <translation>核销</translation>
    </message>
    <message>
        <source>not redeemed</source>
        <translation>未核销</translation>
    </message>
    <message>
        <source>lane {number}</source>
        <translation>{number}号机</translation>
    </message>
</context>
<context>
    <name>NetworkPage</name>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Send and fetch now</source>
        <translation>马上收发一次</translation>
    </message>
    <message>
        <source>Network test</source>
        <translation>网络测试</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
</context>
<context>
    <name>OfferCard</name>
    <message numerus="yes">
        <source>%n code(s) were scanned before the log-in</source>
        <translation>
            <numerusform>登录前扫到 %n 个码</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Kept for %n more second(s).</source>
        <translation>
            <numerusform>还保留 %n 秒。</numerusform>
        </translation>
    </message>
    <message>
        <source>Use now</source>
        <translation>现在处理</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>先不用</translation>
    </message>
</context>
<context>
    <name>OverridePanel</name>
    <message>
        <source>Allow it</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>主管</translation>
    </message>
    <message>
        <source>Nothing waits for a supervisor.</source>
        <translation>现在没有要主管放行的。</translation>
    </message>
    <message>
        <source>A code that needs one can be allowed here.</source>
        <translation>扫到要主管的券，在这里放行。</translation>
    </message>
    <message numerus="yes">
        <source>Left today: %n time(s), {money}</source>
        <translation>
            <numerusform>今日剩余 %n 次，{money}</numerusform>
        </translation>
    </message>
    <message>
        <source>Head office by telephone</source>
        <translation>打电话给总部</translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong PINs. Wait %n second(s).</source>
        <translation>
            <numerusform>密码错太多次，请等 %n 秒。</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在核对…</translation>
    </message>
    <message>
        <source>Why may it be allowed?</source>
        <translation>为什么放行？请选原因。</translation>
    </message>
    <message>
        <source>Who allows it? Tap a name or scan the badge.</source>
        <translation>谁来放行？点名字或扫工牌。</translation>
    </message>
    <message>
        <source>{name}: your PIN, then Enter.</source>
        <translation>{name}输入密码，按 Enter。</translation>
    </message>
</context>
<context>
    <name>Pad</name>
    <message>
        <source>Erase all</source>
        <translation>全部清除</translation>
    </message>
    <message>
        <source>Erase one</source>
        <translation>删除一位</translation>
    </message>
</context>
<context>
    <name>PeopleGrid</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Clerk</source>
        <translation>店员</translation>
    </message>
    <message>
        <source>Promoter</source>
        <translation>促销员</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>主管</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>店长</translation>
    </message>
</context>
<context>
    <name>PhonePad</name>
    <message>
        <source>Call head office and read out: {device}</source>
        <translation>打总部电话，报本机 {device} 和右边的码</translation>
    </message>
    <message>
        <source>Code for head office: {code}</source>
        <translation>报给总部的码：{code}</translation>
    </message>
    <message numerus="yes">
        <source>Answer, %n character(s) so far</source>
        <translation>
            <numerusform>总部回码，已输入 %n 位</numerusform>
        </translation>
    </message>
    <message>
        <source>Erase one</source>
        <translation>退一位</translation>
    </message>
    <message>
        <source>Allow it</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>PhonePage</name>
    <message numerus="yes">
        <source>%n digit(s) typed</source>
        <translation>
            <numerusform>已输入 %n 位</numerusform>
        </translation>
    </message>
    <message>
        <source>Your phone number</source>
        <translation>请输入手机号</translation>
    </message>
    <message>
        <source>Nobody else can read it: only the last digits show for a moment</source>
        <translation>别人看不到：只闪现最后几位</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Needs all eleven digits</source>
        <translation>输满 11 位才能查找</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Type your phone number. It is not read out.</source>
        <translation>请输入手机号，不会读出来。</translation>
    </message>
</context>
<context>
    <name>PickPage</name>
    <message>
        <source>This one</source>
        <translation>就是这位</translation>
    </message>
    <message>
        <source>Search again</source>
        <translation>重新查</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Members found</source>
        <translation>查到的会员</translation>
    </message>
    <message>
        <source>Which member is it?</source>
        <translation>是哪一位会员？</translation>
    </message>
    <message>
        <source>Nobody to choose</source>
        <translation>没有可选的会员</translation>
    </message>
    <message>
        <source>Ask for the surname; press the number. Nothing more of a member is shown.</source>
        <translation>问一下姓氏，按序号选择。会员的其他信息不显示。</translation>
    </message>
    <message>
        <source>Type a phone number, or its last four digits.</source>
        <translation>请输入手机号或尾号 4 位。</translation>
    </message>
    <message>
        <source>last here {day}</source>
        <translation>最近来店 {day}</translation>
    </message>
    <message>
        <source>member since {day}</source>
        <translation>{day} 入会</translation>
    </message>
</context>
<context>
    <name>PinCard</name>
    <message>
        <source>Sign</source>
        <translation>签字</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>换人</translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong PINs. Wait %n second(s).</source>
        <translation>
            <numerusform>密码错太多次，请等 %n 秒。</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在核对…</translation>
    </message>
    <message>
        <source>Your PIN, then Enter.</source>
        <translation>输入密码，按 Enter。</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message numerus="yes">
        <source>%n digit(s) typed</source>
        <translation>
            <numerusform>已输入 %n 位</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrinterWords</name>
    <message>
        <source>Printer is being asked</source>
        <translation>正在检查打印机</translation>
    </message>
    <message>
        <source>Printer ready</source>
        <translation>打印机就绪</translation>
    </message>
    <message>
        <source>Paper low</source>
        <translation>小票纸快完</translation>
    </message>
    <message>
        <source>No printer</source>
        <translation>打印机离线</translation>
    </message>
    <message>
        <source>No paper</source>
        <translation>打印机缺纸</translation>
    </message>
    <message>
        <source>Cover open</source>
        <translation>打印机盖未关</translation>
    </message>
    <message>
        <source>No driver</source>
        <translation>缺打印组件</translation>
    </message>
    <message>
        <source>Printer fault</source>
        <translation>打印机故障</translation>
    </message>
    <message>
        <source>Printing</source>
        <translation>正在打印</translation>
    </message>
</context>
<context>
    <name>PrizePage</name>
    <message>
        <source>To hand over</source>
        <translation>待领取</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>Nothing waits to be handed over today.</source>
        <translation>今天没有待领奖品。</translation>
    </message>
    <message>
        <source>Scan a prize&apos;s code.</source>
        <translation>扫奖品码即可。</translation>
    </message>
    <message>
        <source>held now</source>
        <translation>正在领取</translation>
    </message>
    <message numerus="yes">
        <source>%n left</source>
        <translation>
            <numerusform>剩 %n</numerusform>
        </translation>
    </message>
    <message>
        <source>None left</source>
        <translation>没有了</translation>
    </message>
    <message>
        <source>Stock as of {age} ago</source>
        <translation>库存更新于 {age}前</translation>
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
    <name>ReceiptPage</name>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>The last receipt, once more</source>
        <translation>重打上一张小票</translation>
    </message>
    <message>
        <source>Nothing was printed here yet</source>
        <translation>本机还没有小票</translation>
    </message>
    <message>
        <source>This counter has no printer; this is only shown</source>
        <translation>本柜台没有打印机，只显示</translation>
    </message>
    <message>
        <source>Sent to the printer</source>
        <translation>已送打印机</translation>
    </message>
</context>
<context>
    <name>ReceiptPart</name>
    <message>
        <source>Picture of the receipt</source>
        <translation>小票照片</translation>
    </message>
    <message>
        <source>Photograph it again</source>
        <translation>重拍小票</translation>
    </message>
    <message>
        <source>Photograph the receipt</source>
        <translation>拍小票</translation>
    </message>
    <message>
        <source>Keep a picture of the receipt until this customer goes</source>
        <translation>保留小票照片，换人即清</translation>
    </message>
    <message>
        <source>The camera shows nothing now. Type the amount as ever.</source>
        <translation>摄像头暂时没有画面，请照常输入金额。</translation>
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
    <name>ResultPage</name>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>查看原因</translation>
    </message>
    <message>
        <source>QR code to photograph</source>
        <translation>凭证二维码，可拍照</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) left</source>
        <translation>
            <numerusform>还剩 %n 秒</numerusform>
        </translation>
    </message>
    <message>
        <source>Scan another</source>
        <translation>还要用一张</translation>
    </message>
    <message>
        <source>Use another</source>
        <translation>还要用一张</translation>
    </message>
    <message>
        <source>Use it now</source>
        <translation>现在使用</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
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
    <name>SearchBox</name>
    <message>
        <source>Search</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待上传</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Redemptions that need a decision; press to see all</source>
        <translation>需要处理的核销；再按看全部</translation>
    </message>
    <message>
        <source>End of the code or phone, receipt number or clerk</source>
        <translation>码或手机尾号、小票号、店员</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
</context>
<context>
    <name>SessionBar</name>
    <message>
        <source>Large</source>
        <translation>大字</translation>
    </message>
    <message>
        <source>Large text</source>
        <translation>大字</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Language, contrast and reach</source>
        <translation>语言、高对比、低位按钮</translation>
    </message>
    <message>
        <source>Staff is coming</source>
        <translation>店员正在过来</translation>
    </message>
    <message>
        <source>Staff is called</source>
        <translation>店员马上来</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>呼叫店员</translation>
    </message>
    <message>
        <source>A person comes to help you</source>
        <translation>有人过来帮您</translation>
    </message>
</context>
<context>
    <name>SetChoice</name>
    <message>
        <source>Saves {money}, chosen</source>
        <translation>省 {money}，已选</translation>
    </message>
    <message>
        <source>Saves {money}</source>
        <translation>省 {money}</translation>
    </message>
    <message>
        <source>The best</source>
        <translation>最省</translation>
    </message>
    <message>
        <source>{less} less</source>
        <translation>少省 {less}</translation>
    </message>
    <message>
        <source>As much, and keeps {kept}</source>
        <translation>省得一样多，留下{kept}</translation>
    </message>
    <message>
        <source>{less} less, but keeps {kept}</source>
        <translation>少省 {less}，但留下{kept}</translation>
    </message>
</context>
<context>
    <name>SetPage</name>
    <message>
        <source>Receipt amount</source>
        <translation>小票金额</translation>
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
        <source>Take the last change back</source>
        <translation>取消上一次改动</translation>
    </message>
    <message>
        <source>Step back</source>
        <translation>退一步</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Coupons for this purchase</source>
        <translation>这一单的券</translation>
    </message>
    <message>
        <source>No member</source>
        <translation>没有会员</translation>
    </message>
    <message>
        <source>not entered</source>
        <translation>未输入</translation>
    </message>
    <message>
        <source>Best set</source>
        <translation>最佳组合</translation>
    </message>
    <message>
        <source>Chosen coupons</source>
        <translation>已选的券</translation>
    </message>
    <message>
        <source>Saves {money}</source>
        <translation>省 {money}</translation>
    </message>
    <message>
        <source>Choose a set</source>
        <translation>选方案</translation>
    </message>
    <message>
        <source>Press F3 and enter the receipt&apos;s amount; the best set is found then.</source>
        <translation>按 F3 输入小票金额，马上算出最佳组合。</translation>
    </message>
    <message>
        <source>No amount yet</source>
        <translation>还没有金额</translation>
    </message>
    <message>
        <source>Scan a coupon, or go back to scanning.</source>
        <translation>请扫券码，或回到扫码。</translation>
    </message>
    <message>
        <source>No coupon of this customer</source>
        <translation>这位顾客没有券</translation>
    </message>
</context>
<context>
    <name>SetRows</name>
    <message>
        <source>{name}, ticked, {why}, {off}</source>
        <translation>{name}，已选，{why}，{off}</translation>
    </message>
    <message>
        <source>{name}, not ticked, {why}</source>
        <translation>{name}，未选，{why}</translation>
    </message>
    <message>
        <source>Use it now, it ends today</source>
        <translation>今天到期，先用它</translation>
    </message>
    <message>
        <source>Saves most by itself, until {day}</source>
        <translation>单用最省，{day} 到期</translation>
    </message>
    <message>
        <source>Saves most</source>
        <translation>单用最省</translation>
    </message>
    <message>
        <source>Goes with the others, until {day}</source>
        <translation>可叠加，{day} 到期</translation>
    </message>
    <message>
        <source>Goes with the others</source>
        <translation>可叠加</translation>
    </message>
    <message>
        <source>Left aside; press Space to use it</source>
        <translation>先留着，按空格选上</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Is everything in order?</source>
        <translation>都正常吗？</translation>
    </message>
    <message>
        <source>Test all</source>
        <translation>全部测试</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to look at</source>
        <translation>
            <numerusform>%n 项要看一下</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything is in order.</source>
        <translation>全部正常。</translation>
    </message>
</context>
<context>
    <name>SetupPanel</name>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Print once more</source>
        <translation>再打一张</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>SetupWords</name>
    <message>
        <source>Which part can be read?</source>
        <translation>哪一段看得清？</translation>
    </message>
    <message>
        <source>Who changes it?</source>
        <translation>谁来修改？</translation>
    </message>
    <message>
        <source>Your PIN</source>
        <translation>请输入密码</translation>
    </message>
    <message>
        <source>Settings of this counter</source>
        <translation>本柜台设置</translation>
    </message>
    <message>
        <source>{line} {next}</source>
        <translation>{line}{next}</translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong PINs. Wait %n second(s).</source>
        <translation>
            <numerusform>密码错太多次，请等 %n 秒。</numerusform>
        </translation>
    </message>
    <message>
        <source>The strip is printing…</source>
        <translation>正在打印测试条…</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍等…</translation>
    </message>
    <message>
        <source>The choice counts from the next receipt on.</source>
        <translation>选好后，下一张小票起生效。</translation>
    </message>
    <message>
        <source>A change counts when the window is opened again.</source>
        <translation>修改后，重新打开窗口生效。</translation>
    </message>
    <message>
        <source>Picture, slower</source>
        <translation>图片（较慢）</translation>
    </message>
    <message>
        <source>{name} · in use now</source>
        <translation>{name} · 正在使用</translation>
    </message>
    <message>
        <source>None of them</source>
        <translation>都看不清</translation>
    </message>
    <message>
        <source>Paper: {value} mm</source>
        <translation>纸宽：{value} 毫米</translation>
    </message>
    <message>
        <source>A receipt after each deed: yes</source>
        <translation>每笔自动打印小票</translation>
    </message>
    <message>
        <source>A receipt: with F9 only</source>
        <translation>按 F9 才打印小票</translation>
    </message>
    <message>
        <source>Receipts in Chinese</source>
        <translation>小票用中文</translation>
    </message>
    <message>
        <source>Receipts in English</source>
        <translation>小票用英文</translation>
    </message>
    <message>
        <source>Receipts in the window&apos;s language</source>
        <translation>小票语言跟随界面</translation>
    </message>
    <message>
        <source>Dark screen</source>
        <translation>深色界面</translation>
    </message>
    <message>
        <source>Light screen</source>
        <translation>浅色界面</translation>
    </message>
    <message>
        <source>Camera picture as in a mirror</source>
        <translation>摄像头画面：镜像</translation>
    </message>
    <message>
        <source>Camera picture as it is</source>
        <translation>摄像头画面：不镜像</translation>
    </message>
    <message>
        <source>Look at the strip and press the number of the part that can be read.</source>
        <translation>看看打出来的纸条，哪一段看得清就按几。</translation>
    </message>
    <message>
        <source>Is the paper in the right way round? Print once more, or call the office.</source>
        <translation>纸装反了吗？再打一张；还是看不清，请联系总部。</translation>
    </message>
    <message>
        <source>Kept. Receipts are printed in it from now on.</source>
        <translation>已保存。小票从现在起这样打印。</translation>
    </message>
    <message>
        <source>Kept. It counts when the window is opened again.</source>
        <translation>已保存。重新打开窗口后生效。</translation>
    </message>
    <message>
        <source>Nobody here may change settings. Call the office.</source>
        <translation>本店没有人可以修改设置，请联系总部。</translation>
    </message>
    <message>
        <source>Press the number of the part that can be read.</source>
        <translation>哪一段看得清就按几。</translation>
    </message>
    <message>
        <source>A supervisor: tap the name or scan the badge.</source>
        <translation>请主管点名字或扫工牌。</translation>
    </message>
    <message>
        <source>{name}: your PIN, then Enter.</source>
        <translation>{name}输入密码，按 Enter。</translation>
    </message>
    <message>
        <source>A number changes a setting.</source>
        <translation>按数字修改。</translation>
    </message>
</context>
<context>
    <name>ShiftPage</name>
    <message>
        <source>Credit: {name}</source>
        <translation>业绩归：{name}</translation>
    </message>
    <message>
        <source>Credit: nobody</source>
        <translation>业绩归：无</translation>
    </message>
    <message>
        <source>No promoter</source>
        <translation>不记促销员</translation>
    </message>
    <message>
        <source>Who gets the credit?</source>
        <translation>业绩归谁？</translation>
    </message>
    <message>
        <source>A supervisor signs as well</source>
        <translation>请主管一起确认</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>您好</translation>
    </message>
    <message>
        <source>Who is at the counter?</source>
        <translation>谁在柜台？</translation>
    </message>
    <message>
        <source>Please log in first. The code is kept.</source>
        <translation>请先登录，扫到的码已留着。</translation>
    </message>
    <message>
        <source>This badge is not known in this store.</source>
        <translation>本店没有这个工牌。</translation>
    </message>
    <message>
        <source>The clock of this machine is wrong.</source>
        <translation>这台机器的时间不对。</translation>
    </message>
    <message>
        <source>The data of this lane is more than a week old.</source>
        <translation>本机数据超过一周没更新。</translation>
    </message>
    <message>
        <source>The next scan is taken as ever.</source>
        <translation>直接扫下一个码也可以。</translation>
    </message>
    <message>
        <source>What is redeemed from now on counts for this person.</source>
        <translation>以后核销的，业绩都归这个人。</translation>
    </message>
    <message>
        <source>Practice: the PIN of clerks and promoters is {clerk}, of supervisors {supervisor}.</source>
        <translation>练习密码：店员和促销员 {clerk}，主管 {supervisor}。</translation>
    </message>
    <message>
        <source>Nothing is redeemed before somebody has logged in.</source>
        <translation>登录后才能核销。</translation>
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
    <name>SignStep</name>
    <message>
        <source>Sign the day</source>
        <translation>签字</translation>
    </message>
    <message>
        <source>type your PIN</source>
        <translation>请输入您的密码</translation>
    </message>
    <message>
        <source>no PIN set</source>
        <translation>没有设密码</translation>
    </message>
    <message>
        <source>Clerk {name}</source>
        <translation>店员 {name}</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签字</translation>
    </message>
    <message>
        <source>Who signs with you? Press the number.</source>
        <translation>谁和您一起签？请按数字。</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>主管</translation>
    </message>
    <message>
        <source>type the PIN</source>
        <translation>请输入密码</translation>
    </message>
    <message>
        <source>Supervisor {name}</source>
        <translation>主管 {name}</translation>
    </message>
    <message>
        <source>{count} are still on their way; the day is signed once they are through.</source>
        <translation>还有 {count} 条正在上传，传完才能签字。</translation>
    </message>
    <message>
        <source>Not uploaded: {count} (sealed). They go by themselves once there is a network.</source>
        <translation>未上传 {count}（封存），有网络后自动上传。</translation>
    </message>
    <message>
        <source>Nothing was done today; sign straight away.</source>
        <translation>今天没有记录，直接签字。</translation>
    </message>
    <message>
        <source>After this the figures of the day do not change any more.</source>
        <translation>签字后当天数字不再改变。</translation>
    </message>
    <message>
        <source>{line} {next} ({code})</source>
        <translation>{line}{next}（{code}）</translation>
    </message>
</context>
<context>
    <name>StaffPage</name>
    <message numerus="yes">
        <source>%n digit(s) typed</source>
        <translation>
            <numerusform>已输入 %n 位</numerusform>
        </translation>
    </message>
    <message>
        <source>End the kiosk</source>
        <translation>退出自助</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Your PIN</source>
        <translation>请输入密码</translation>
    </message>
    <message>
        <source>Staff: who are you?</source>
        <translation>店员登录：您是谁？</translation>
    </message>
    <message>
        <source>The kiosk does not answer; your PIN lets you out all the same</source>
        <translation>自助机没有反应；输入密码照样可以退出</translation>
    </message>
    <message>
        <source>The kiosk does not answer. Switch the machine off and on; nothing is lost</source>
        <translation>本机没有反应，请关机再开机，数据不会丢</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍等…</translation>
    </message>
    <message>
        <source>Nobody of this store has a PIN yet</source>
        <translation>本店还没有人设置密码</translation>
    </message>
</context>
<context>
    <name>StepPage</name>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>1 Count</source>
        <translation>1 清点</translation>
    </message>
    <message>
        <source>2 Upload</source>
        <translation>2 上传</translation>
    </message>
    <message>
        <source>3 Conflicts</source>
        <translation>3 冲突</translation>
    </message>
    <message>
        <source>4 Differences</source>
        <translation>4 差异</translation>
    </message>
    <message>
        <source>5 Sign and print</source>
        <translation>5 签字打印</translation>
    </message>
    <message>
        <source>{step} ({count})</source>
        <translation>{step}（{count}）</translation>
    </message>
</context>
<context>
    <name>StillTherePage</name>
    <message>
        <source>Still there?</source>
        <translation>还在吗？</translation>
    </message>
    <message>
        <source>Otherwise everything here is cleared for your privacy</source>
        <translation>不操作的话，会清除您的信息</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Are you still there? Touch the screen to continue.</source>
        <translation>您还在吗？点一下屏幕继续。</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) left</source>
        <translation>
            <numerusform>还剩 %n 秒</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StockPanel</name>
    <message>
        <source>In this booth</source>
        <translation>本柜库存</translation>
    </message>
    <message>
        <source>Given today</source>
        <translation>今天已领</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>还没有。</translation>
    </message>
    <message>
        <source>bring more</source>
        <translation>请补货</translation>
    </message>
</context>
<context>
    <name>ThingCard</name>
    <message>
        <source>A sample: one for each member.</source>
        <translation>试用装：每位会员一份。</translation>
    </message>
    <message>
        <source>Hand it over once.</source>
        <translation>一人一份。</translation>
    </message>
    <message>
        <source>Given to the customer</source>
        <translation>已交给顾客</translation>
    </message>
    <message>
        <source>Out of stock, another day</source>
        <translation>缺货改约</translation>
    </message>
    <message>
        <source>Another day</source>
        <translation>改天再领</translation>
    </message>
    <message>
        <source>Something else instead</source>
        <translation>换一样</translation>
    </message>
    <message>
        <source>Nobody counts it here</source>
        <translation>不计库存</translation>
    </message>
    <message numerus="yes">
        <source>%n left, bring more</source>
        <translation>
            <numerusform>剩 %n，请补货</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left</source>
        <translation>
            <numerusform>剩 %n</numerusform>
        </translation>
    </message>
    <message>
        <source>None left</source>
        <translation>没有了</translation>
    </message>
    <message numerus="yes">
        <source>Kept for this customer: %n s</source>
        <translation>
            <numerusform>为顾客保留：%n 秒</numerusform>
        </translation>
    </message>
    <message>
        <source>The time is over; it can still be given.</source>
        <translation>保留时间到了，仍可交给顾客。</translation>
    </message>
    <message>
        <source>Earned {when}</source>
        <translation>{when} 获得</translation>
    </message>
</context>
<context>
    <name>TierBar</name>
    <message>
        <source>Buy {more} more and use {coupon}: {extra} more off</source>
        <translation>再买 {more} 可用 {coupon}，多省 {extra}</translation>
    </message>
    <message>
        <source>{now} of {needed}</source>
        <translation>{now} / {needed}</translation>
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
        <source>Network: press for why, and to send and fetch now</source>
        <translation>网络：按一下看原因，并马上收发一次</translation>
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
    <name>TrayPage</name>
    <message>
        <source>Put aside</source>
        <translation>放在一边</translation>
    </message>
    <message>
        <source>Nothing waits here</source>
        <translation>没有放在一边的</translation>
    </message>
    <message>
        <source>What is half done comes here when the next customer scans.</source>
        <translation>做到一半，下一位顾客扫码时会自动放到这里。</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>接着做</translation>
    </message>
    <message>
        <source>Back to scanning</source>
        <translation>回到扫码</translation>
    </message>
    <message>
        <source>Purchases put aside</source>
        <translation>放在一边的顾客</translation>
    </message>
    <message>
        <source>a coupon waits</source>
        <translation>有一张券等确认</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>没做完</translation>
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
        <source>Reason in your own words</source>
        <translation>撤销原因</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>No phone number here, please. Take it out.</source>
        <translation>这里不能写手机号，请删掉。</translation>
    </message>
    <message>
        <source>Type why in a few words, or leave it empty; then Enter.</source>
        <translation>用几个字写原因，也可不写，按 Enter。</translation>
    </message>
    <message>
        <source>Choose why; then a supervisor signs here (F10).</source>
        <translation>选原因，再按 F10 请主管当场签。</translation>
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
    <message numerus="yes">
        <source>Take back the whole purchase: %n coupon(s)</source>
        <translation>
            <numerusform>撤销整单：%n 张券</numerusform>
        </translation>
    </message>
    <message>
        <source>This comes back. Why is it taken back?</source>
        <translation>下面这些会恢复。为什么撤销？</translation>
    </message>
    <message>
        <source>The customer&apos;s {money} off is gone</source>
        <translation>已减的 {money} 收回</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) taken back</source>
        <translation>
            <numerusform>收回 %n 积分</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) given back</source>
        <translation>
            <numerusform>退回 %n 积分</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new coupon(s) called back</source>
        <translation>
            <numerusform>收回新发的 %n 张券</numerusform>
        </translation>
    </message>
    <message>
        <source>{coupon} can be used again</source>
        <translation>{coupon} 恢复可用</translation>
    </message>
    <message>
        <source>{coupon} can be used again, until {day}</source>
        <translation>{coupon} 恢复可用，有效期至 {day}</translation>
    </message>
    <message numerus="yes">
        <source>%n coupon(s) can be used again</source>
        <translation>
            <numerusform>%n 张券恢复可用</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n coupon(s) can be used again, the first until {day}</source>
        <translation>
            <numerusform>%n 张券恢复可用，最早 {day} 到期</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UploadStep</name>
    <message>
        <source>Upload to head office</source>
        <translation>上传到总部</translation>
    </message>
    <message>
        <source>{done} / {whole}</source>
        <translation>{done} / {whole}</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Write a file for head office</source>
        <translation>导出到 U 盘（加密、签名）</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Head office disagrees</source>
        <translation>总部不同意</translation>
    </message>
    <message>
        <source>Keeps failing</source>
        <translation>一直失败</translation>
    </message>
    <message>
        <source>Sealed file with {count} records: {file} · mark {mark}</source>
        <translation>已封存 {count} 条：{file} · 校验 {mark}</translation>
    </message>
    <message>
        <source>Everything is at head office.</source>
        <translation>全部已上传。</translation>
    </message>
    <message>
        <source>Paused. Nothing is lost; it goes on when you continue, or after the day is signed.</source>
        <translation>已暂停，不会丢。按继续，或签字后自动接着传。</translation>
    </message>
    <message>
        <source>No network. You may sign all the same: the records are sealed and go by themselves later.</source>
        <translation>没有网络，可以照常签字：记录已封存，以后自动上传。</translation>
    </message>
    <message>
        <source>You may go on with the next step meanwhile.</source>
        <translation>可以先做下一步，同时继续上传。</translation>
    </message>
    <message>
        <source>Next: {time}  {what}</source>
        <translation>下一条：{time}  {what}</translation>
    </message>
    <message>
        <source>redemption</source>
        <translation>核销</translation>
    </message>
    <message>
        <source>binding</source>
        <translation>绑定</translation>
    </message>
    <message>
        <source>handed over</source>
        <translation>领奖</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>refusal</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>purchase</source>
        <translation>购买</translation>
    </message>
    <message>
        <source>record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>约 {time}</translation>
    </message>
    <message>
        <source>In the way: {code}. Sign, and tell the hotline this word.</source>
        <translation>受阻：{code}。请签字，并把这个词告诉热线。</translation>
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
        <source>Receipt not printed · F9</source>
        <translation>小票未打印 · F9</translation>
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
    <message numerus="yes">
        <source>Redeem %n coupon(s)</source>
        <translation>
            <numerusform>确认核销 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign up a member</source>
        <translation>新会员绑定</translation>
    </message>
    <message>
        <source>Choose the member</source>
        <translation>选会员</translation>
    </message>
    <message>
        <source>Hand it over</source>
        <translation>交给顾客</translation>
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
<context>
    <name>WayWords</name>
    <message>
        <source>This store works offline</source>
        <translation>本店按离线方式工作</translation>
    </message>
    <message>
        <source>This machine is not on the network</source>
        <translation>本机没有连上网</translation>
    </message>
    <message>
        <source>The store&apos;s line does not get out</source>
        <translation>店里的外网不通</translation>
    </message>
    <message>
        <source>Our server does not answer as it should</source>
        <translation>我们的服务器有问题</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not right</source>
        <translation>服务器证书不对</translation>
    </message>
    <message>
        <source>The network is in order</source>
        <translation>网络正常</translation>
    </message>
    <message>
        <source>No contact; nobody knows yet why</source>
        <translation>联系不上，原因还不清楚</translation>
    </message>
    <message>
        <source>Scanning and redeeming go on. What you do is uploaded by itself later.</source>
        <translation>照常扫码、核销，联网后自动上传。</translation>
    </message>
    <message>
        <source>Everything works.</source>
        <translation>一切照常。</translation>
    </message>
    <message>
        <source>Everything works. This machine decides first, the server hears of it later.</source>
        <translation>一切照常：本机先判断，稍后告诉服务器。</translation>
    </message>
    <message>
        <source>Redeeming goes on; high values need a supervisor.</source>
        <translation>照常核销；高额券需要主管。</translation>
    </message>
    <message>
        <source>Only this store&apos;s own coupons. Nothing that was done is lost.</source>
        <translation>只能用本店的券。已做的都不会丢。</translation>
    </message>
    <message>
        <source>Everything works. It is uploaded when the day is closed.</source>
        <translation>一切照常，收班时上传。</translation>
    </message>
    <message>
        <source>Everything works while it is uploading.</source>
        <translation>上传时照常扫码。</translation>
    </message>
    <message>
        <source>Everything works. Some redemptions need a decision: see the history.</source>
        <translation>照常扫码。有几笔需要处理，请看记录。</translation>
    </message>
    <message>
        <source>Set this machine&apos;s date and time, or call the supervisor.</source>
        <translation>请校准本机日期时间，或叫主管。</translation>
    </message>
    <message>
        <source>Call the office before tonight. Delete nothing yourself.</source>
        <translation>今晚前联系公司，不要自己删文件。</translation>
    </message>
    <message>
        <source>This machine: cable, Wi-Fi</source>
        <translation>本机：网线 / Wi-Fi</translation>
    </message>
    <message>
        <source>The store&apos;s line out</source>
        <translation>店里的外网</translation>
    </message>
    <message>
        <source>Our server</source>
        <translation>我们的服务器</translation>
    </message>
    <message>
        <source>Our server: certificate</source>
        <translation>我们的服务器：证书</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>here it stops</source>
        <translation>卡在这里</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>不清楚</translation>
    </message>
    <message>
        <source>not needed now</source>
        <translation>现在不需要</translation>
    </message>
    <message>
        <source>Push the cable in firmly, or join the Wi-Fi again.</source>
        <translation>把网线插紧，或重新连 Wi-Fi。</translation>
    </message>
    <message>
        <source>Restart the router, or tell the store&apos;s desk.</source>
        <translation>把路由器关了再开。还不行就告诉服务台。</translation>
    </message>
    <message>
        <source>Nothing to do: go on. We are told, and mend it.</source>
        <translation>不用管，照常做。我们会修好。</translation>
    </message>
    <message>
        <source>Look at this machine&apos;s date. If it is right, tell IT: the certificate.</source>
        <translation>先看本机日期；日期对，就告诉信息部“证书不对”。</translation>
    </message>
</context>
</TS>
