## The monthly meeting: the table, asking the silent units again, another day

label-review = Monthly meeting
help-review = how each item stands before the meeting, ask again, another day: review or review 29/5
typed-review = review
review-day = { $weekday } { $date }
review-shown-title = Meeting on { $date }
review-when = { $phase ->
        [today] The meeting is today. Units are asked no more.
        [asked] Units were asked from { $ask } on, to answer before 16:00 { $by }.
        [over] The time to answer is over (16:00 { $by }).
        [unasked] Units were not asked yet (usually on { $ask }). They answer before 16:00 { $by }.
       *[before] Units are asked on the morning of { $ask }, to answer before 16:00 { $by }.
    }
review-answered = { $said }/{ $all } units have answered.{ $has ->
        [yes] {" "}Not yet: { $silent }.
       *[no] {""}
    }
review-unit = { $unit }{ $silent ->
        [yes] {" "}(no answer yet)
       *[no] {""}
    }:
review-closed = Done since they were asked: { $list }
review-empty = Nothing under follow-up that would be in the table.
review-move-how = For another day type, for example: review { $date }
button-review-again = Ask the silent units again
button-review-ask = Ask the units
review-counted = { $unit } time { $times }
review-again = { $any ->
        [yes] { $waits ->
            [yes] Will be asked again at { $time } on { $date }: { $list }.
           *[no] Asked again: { $list }.
        }
       *[no] No unit was asked again.
    }{ $some ->
        [yes] {" "}Asked today already, once a day: { $today }.
       *[no] {""}
    }{ $has ->
        [yes] {" "}Nobody can be reached, please phone: { $missed }.
       *[no] {""}
    }
review-all-said = { $has ->
        [yes] The other units have answered, yours is left: { $own }.
       *[no] The units have answered, there is none left to ask again.
    }
review-not-now = { $phase ->
        [before] Nobody was asked: I ask the units on the morning of { $ask }, and again only after that.
        [today] Nobody was asked: the meeting is today. Units can be urged one by one, for example: remind 3.5
       *[over] Nobody was asked: the time to answer is over (16:00 { $by }). Units can be urged one by one, for example: remind 3.5
    }
review-moved = The meeting moves from { $before } to { $to }.
review-day-off = Nothing was changed: { $date } is a day off. Please name a working day.
review-rule = The monthly meeting: { $kind ->
        [day] day { $day } of the month
       *[weekday] the last { $weekday } of the month
    }; where that is a day off, the next working day.
