<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Banner</name>
    <message numerus="yes">
        <source>%n uploaded</source>
        <translation>
            <numerusform>%n uploaded</numerusform>
            <numerusform>%n uploaded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n redemption(s) in conflict</source>
        <translation>
            <numerusform>%n redemption in conflict</numerusform>
            <numerusform>%n redemptions in conflict</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n redemption(s) begun and not finished</source>
        <translation>
            <numerusform>%n redemption begun and not finished</numerusform>
            <numerusform>%n redemptions begun and not finished</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to upload</source>
        <translation>
            <numerusform>%n waiting to upload</numerusform>
            <numerusform>%n waiting to upload</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CallCard</name>
    <message numerus="yes">
        <source>%n more call(s)</source>
        <translation>
            <numerusform>%n more call</numerusform>
            <numerusform>%n more calls</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChangePanel</name>
    <message numerus="yes">
        <source>Too many wrong PINs. Wait %n second(s).</source>
        <translation>
            <numerusform>Too many wrong PINs. Wait %n second.</numerusform>
            <numerusform>Too many wrong PINs. Wait %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more digit(s)</source>
        <translation>
            <numerusform>%n more digit</numerusform>
            <numerusform>%n more digits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClerkSide</name>
    <message numerus="yes">
        <source>%n more digit(s)</source>
        <translation>
            <numerusform>%n more digit</numerusform>
            <numerusform>%n more digits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CodeEntry</name>
    <message numerus="yes">
        <source>%n more digit(s)</source>
        <translation>
            <numerusform>%n more digit</numerusform>
            <numerusform>%n more digits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CouponsPage</name>
    <message numerus="yes">
        <source>%n coupon(s) can be used now</source>
        <translation>
            <numerusform>%n coupon can be used now</numerusform>
            <numerusform>%n coupons can be used now</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustomerCard</name>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n point</numerusform>
            <numerusform>%n points</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more, not usable now</source>
        <translation>
            <numerusform>%n more, not usable now</numerusform>
            <numerusform>%n more, not usable now</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GunWords</name>
    <message numerus="yes">
        <source>%n more scan(s)</source>
        <translation>
            <numerusform>%n more scan</numerusform>
            <numerusform>%n more scans</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Saving: %n line(s)</source>
        <translation>
            <numerusform>Saving: %n line</numerusform>
            <numerusform>Saving: %n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HomePanel</name>
    <message numerus="yes">
        <source>Go on typing (%n character(s))</source>
        <translation>
            <numerusform>Go on typing (%n character)</numerusform>
            <numerusform>Go on typing (%n characters)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put aside: %n</source>
        <translation>
            <numerusform>Put aside: %n</numerusform>
            <numerusform>Put aside: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InviteCard</name>
    <message numerus="yes">
        <source>%n code(s) wait until somebody has logged in</source>
        <translation>
            <numerusform>%n code waits until somebody has logged in</numerusform>
            <numerusform>%n codes wait until somebody has logged in</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OfferCard</name>
    <message numerus="yes">
        <source>%n code(s) were scanned before the log-in</source>
        <translation>
            <numerusform>%n code was scanned before the log-in</numerusform>
            <numerusform>%n codes were scanned before the log-in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Kept for %n more second(s).</source>
        <translation>
            <numerusform>Kept for %n more second.</numerusform>
            <numerusform>Kept for %n more seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OverridePanel</name>
    <message numerus="yes">
        <source>Left today: %n time(s), {money}</source>
        <translation>
            <numerusform>Left today: %n time, {money}</numerusform>
            <numerusform>Left today: %n times, {money}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong PINs. Wait %n second(s).</source>
        <translation>
            <numerusform>Too many wrong PINs. Wait %n second.</numerusform>
            <numerusform>Too many wrong PINs. Wait %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhonePad</name>
    <message numerus="yes">
        <source>Answer, %n character(s) so far</source>
        <translation>
            <numerusform>Answer, %n character so far</numerusform>
            <numerusform>Answer, %n characters so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhonePage</name>
    <message numerus="yes">
        <source>%n digit(s) typed</source>
        <translation>
            <numerusform>%n digit typed</numerusform>
            <numerusform>%n digits typed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinCard</name>
    <message numerus="yes">
        <source>Too many wrong PINs. Wait %n second(s).</source>
        <translation>
            <numerusform>Too many wrong PINs. Wait %n second.</numerusform>
            <numerusform>Too many wrong PINs. Wait %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message numerus="yes">
        <source>%n digit(s) typed</source>
        <translation>
            <numerusform>%n digit typed</numerusform>
            <numerusform>%n digits typed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrizePage</name>
    <message numerus="yes">
        <source>%n left</source>
        <translation>
            <numerusform>%n left</numerusform>
            <numerusform>%n left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message numerus="yes">
        <source>%n second(s) left</source>
        <translation>
            <numerusform>%n second left</numerusform>
            <numerusform>%n seconds left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message numerus="yes">
        <source>%n thing(s) to look at</source>
        <translation>
            <numerusform>%n thing to look at</numerusform>
            <numerusform>%n things to look at</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SetupWords</name>
    <message numerus="yes">
        <source>Too many wrong PINs. Wait %n second(s).</source>
        <translation>
            <numerusform>Too many wrong PINs. Wait %n second.</numerusform>
            <numerusform>Too many wrong PINs. Wait %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StaffPage</name>
    <message numerus="yes">
        <source>%n digit(s) typed</source>
        <translation>
            <numerusform>%n digit typed</numerusform>
            <numerusform>%n digits typed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StillTherePage</name>
    <message numerus="yes">
        <source>%n second(s) left</source>
        <translation>
            <numerusform>%n second left</numerusform>
            <numerusform>%n seconds left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThingCard</name>
    <message numerus="yes">
        <source>%n left, bring more</source>
        <translation>
            <numerusform>%n left, bring more</numerusform>
            <numerusform>%n left, bring more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left</source>
        <translation>
            <numerusform>%n left</numerusform>
            <numerusform>%n left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Kept for this customer: %n s</source>
        <translation>
            <numerusform>Kept for this customer: %n s</numerusform>
            <numerusform>Kept for this customer: %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UndoPanel</name>
    <message numerus="yes">
        <source>Take back the whole purchase: %n coupon(s)</source>
        <translation>
            <numerusform>Take back the whole purchase: %n coupon</numerusform>
            <numerusform>Take back the whole purchase: %n coupons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) taken back</source>
        <translation>
            <numerusform>%n point taken back</numerusform>
            <numerusform>%n points taken back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) given back</source>
        <translation>
            <numerusform>%n point given back</numerusform>
            <numerusform>%n points given back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new coupon(s) called back</source>
        <translation>
            <numerusform>%n new coupon called back</numerusform>
            <numerusform>%n new coupons called back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n coupon(s) can be used again</source>
        <translation>
            <numerusform>%n coupon can be used again</numerusform>
            <numerusform>%n coupons can be used again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n coupon(s) can be used again, the first until {day}</source>
        <translation>
            <numerusform>%n coupon can be used again, until {day}</numerusform>
            <numerusform>%n coupons can be used again, the first until {day}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VerdictPanel</name>
    <message numerus="yes">
        <source>Redeem %n coupon(s)</source>
        <translation>
            <numerusform>Redeem %n coupon</numerusform>
            <numerusform>Redeem %n coupons</numerusform>
        </translation>
    </message>
</context>
</TS>
