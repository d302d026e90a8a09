<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Banner</name>
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
    <name>HomePanel</name>
    <message numerus="yes">
        <source>Go on typing (%n character(s))</source>
        <translation>
            <numerusform>Go on typing (%n character)</numerusform>
            <numerusform>Go on typing (%n characters)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OverridePage</name>
    <message numerus="yes">
        <source>Today %n more, {money} in all.</source>
        <translation>
            <numerusform>%n more approval today, {money} in all.</numerusform>
            <numerusform>%n more approvals today, {money} in all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinEntry</name>
    <message numerus="yes">
        <source>%n digit(s) typed</source>
        <translation>
            <numerusform>%n digit typed</numerusform>
            <numerusform>%n digits typed</numerusform>
        </translation>
    </message>
</context>
</TS>
