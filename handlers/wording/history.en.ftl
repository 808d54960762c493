### What happened to a directive: who, when, what

history-title = History:
history-page = History (page { $number }/{ $count }):
history-more = Before that: task { $typed } page { $next }
button-earlier = Earlier
history-line = { $time } { $date }{ $has ->
        [yes] {" "}{ $by }
       *[no] {""}
    }: { $words }{ $named ->
        [yes] {" "}({ $units })
       *[no] {""}
    }{ $undone ->
        [yes] , taken back
       *[no] {""}
    }
history-instead = on the unit's behalf, { $what }
history-files = , { $files ->
        [one] { $files } file
       *[other] { $files } files
    }
history-given = assigned{ $dated ->
        [yes] , due { $due }
       *[no] , no deadline
    }
history-acknowledged = acknowledged
history-progress = progress{ $percent ->
        [-1] {""}
       *[other] {" "}{ $percent } %
    }{ $quoted ->
        [yes] : "{ $said }"
       *[no] {""}
    }
history-blocked = blocked{ $quoted ->
        [yes] : "{ $said }"
       *[no] {""}
    }{ $named ->
        [yes] , expected { $day }
       *[no] {""}
    }
history-presented = presented on { $day }, awaiting signature
history-reported = reported done, number awaited
history-submitted = reported done{ $has ->
        [yes] , { $document } of { $of }
       *[no] {""}
    }, awaiting confirmation
history-done = reported done{ $has ->
        [yes] , { $document } of { $of }
       *[no] {""}
    }
history-confirmed = confirmed
history-returned = returned: "{ $said }", to be mended by { $mend }
history-dropped = no longer followed{ $quoted ->
        [yes] : "{ $said }"
       *[no] {""}
    }
history-moved = let go, another unit leads
history-resumed = assigned again
history-handed = handed to { $said }
history-taken_back = taken back by the head
history-extended = extended{ $times ->
        [0] {""}
       *[other] , time { $times }:
    } { $had ->
        [yes] { $was } → { $due }
       *[no] to { $due }
    }
history-present_by = to be presented by { $day }
history-dated = date changed { $had ->
        [yes] { $was }
       *[no] no deadline
    } → { $dated ->
        [yes] { $due }
       *[no] no deadline
    }
history-handed_in = result handed in
history-asked = asked { $inside ->
        [yes] to present later
       *[no] for more time
    }, until { $day }: "{ $said }"
history-opinion = { $agrees ->
        [yes] supports
       *[no] does not support
    } { $inside ->
        [yes] presenting later
       *[no] more time
    }, until { $day }
history-refused = refused { $inside ->
        [yes] presenting later
       *[no] more time
    }, until { $day }
history-urged = urged, time { $times }
history-reworded = changed the wording
history-changed = updated by a document
history-disputed = said that what was recorded for the unit is wrong{ $quoted ->
        [yes] : "{ $said }"
       *[no] {""}
    }
history-ladder = set when it is reminded of
history-proposed = { $quoted ->
        [yes] proposed: "{ $said }"
       *[no] { $has ->
            [yes] added the document of the proposal, { $document }
           *[no] put the proposal forward ahead of its document
        }
    }
history-viewed = { $view ->
        [agreed] agreed with the proposal
        [refused] did not agree with the proposal
       *[other] answered the proposal
    }{ $quoted ->
        [yes] : "{ $said }"
       *[no] {""}
    }
history-requested = asked { $asked } for their contribution by { $day }
history-requested_again = reminded { $asked } of their contribution
history-request_dated = { $named ->
        [yes] let { $asked } contribute until { $day }
       *[no] kept the day { $asked } contributes by
    }
history-contributed = contributed
history-contributed_nothing = said there is nothing to contribute
history-contributes_later = asked for more time to contribute
