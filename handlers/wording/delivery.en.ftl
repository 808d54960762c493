### Which message reached whom, which did not, whom to phone.

undelivered-title = Not received, at { $time } { $date }
undelivered-none = In the last 7 days every message arrived.
undelivered-count = { $count ->
        [one] 1 person has not received everything:
       *[other] { $count } people have not received everything:
    }
undelivered-who = { $title }: { $why }
undelivered-what = since { $time } { $date }: { $what }
undelivered-phone = Please phone.
undelivered-silent = { $count ->
        [one] 1 unit has not acknowledged
       *[other] { $count } units have not acknowledged
    }, see: unacknowledged
undelivered-new = Messages that did not arrive
undelivered-lost = { $title }: { $channel } { $how ->
        [blocked] has blocked the assistant
       *[other] no longer takes messages
    }; messages go another way.
undelivered-button = Who has not received
typed-undelivered = undelivered

why-unlinked = not linked
why-blocked = has blocked the assistant on { $channel }
why-closed = the { $channel } account is no longer in use
why-withdrawn = the { $channel } account was withdrawn
why-window = not heard on { $channel } for 7 days
why-quota = this month's { $channel } messages are used up
why-refused = { $channel } does not take this message
why-uncertain = it is not known whether it arrived
why-waiting = { $channel } does not take it yet, waiting

what-digest = reminder of { $date }
what-word = message of { $date }
what-about = about { $code }

told-count =
    Notice { $number }: the heads of { $reached }/{ $count } units have received their message.
told-not = Not received:
told-missed = { $title } ({ $why })
told-under-way = { $unit } (on its way)
told-headless = { $unit } (no head)

unacknowledged-title = Not acknowledged, at { $time } { $date }
unacknowledged-none = Every unit has acknowledged what it was given.
unacknowledged-count = { $count ->
        [one] 1 unit has not acknowledged:
       *[other] { $count } units have not acknowledged:
    }
unacknowledged-line = { $unit }: { $codes } – { $number }, given { $date }
typed-unacknowledged = unacknowledged

label-undelivered = Not received
label-unacknowledged = Not acknowledged
help-undelivered = who has not received messages: undelivered
help-unacknowledged = who has not acknowledged: unacknowledged

## Alarms for the administrator

alarm = System alarm { $time } { $date }: { $what }{ $channel ->
        [none] {""}
       *[other] {" "}({ $channel })
    }. Look with: dondoc doctor
alarm-over = { $time } { $date }: { $channel } sends again as usual.
alarm-locked-out = the bot's token is refused
alarm-monthly-quota = the month's messages are nearly or wholly used up
alarm-tokens = the Zalo OA tokens need the administrator's consent
alarm-tick = reminders could not be planned
alarm-gap = the program stood still for a while; it runs again and makes up for what was due
alarm-polling = the bot cannot fetch new messages
alarm-unsent = messages have been waiting for long
alarm-lost = many messages are uncertain or refused
alarm-events = events came with a wrong signature
alarm-loop = a part of the program has stopped
alarm-other = an error, see the log
