### Giving again, changing what is followed.

assign-how = Which item to which unit? E.g. assign 3.6 QLNL, cooperating VP
assign-units = { $kind ->
        [both] { $lead } as lead, { $partners } cooperating
        [with] { $partners } cooperating
       *[lead] { $lead } as lead
    }
assign-recorded = { $code } assigned to { $units }.
assign-told = Your unit now leads { $code } { $title } ({ $notice }).{ $shared ->
        [yes] {" "}Cooperating: { $partners }.
       *[no] {""}
    }
assign-told-with = Your unit now cooperates in { $code } { $title } ({ $notice }){ $has ->
        [yes] , led by { $lead }.
       *[no] .
    }
assign-moved = { $lead } now leads { $code } { $title } ({ $notice }); your unit no longer follows it.
overtaken-assign = { $by } gave { $code } to { $what } at { $time } a moment ago. Nothing more recorded. Give it your way all the same?
overtaken-insist = Do it all the same
change-what = { $code } { $title }{ $dated ->
        [yes] {" "}(due { $due })
       *[no] {""}
    }: type the new date or the new wording. E.g. due 15/6, wording submit the plan
change-how = { $code }: type the new date or the new wording. E.g. edit { $code } due 15/6; edit { $code } wording submit the plan
change-units = To give { $code } to other units: assign { $code } QLCN, cooperating VP
change-superior = { $code } was given from above; its date moves only with a paper from there. Nothing recorded. E.g. edit { $code } due 15/6 basis CV 123/UBND-KT ngày 05/6
change-to-date = due { $date }
change-to-words = wording
change-recorded = { $code } { $title } is changed.{ $dated ->
        [yes] {" "}Due { $until }{ $had ->
            [yes] {" "}(before: { $before })
           *[no] {""}
        }{ $first ->
            [yes] , first due { $original }.
           *[no] .
        } Basis: { $basis }.
       *[no] {""}
    }{ $worded ->
        [yes] {" "}Wording: { $text }
       *[no] {""}
    }
    Those concerned are told in 10 minutes.
change-told = { $by } changed { $code } { $title }.{ $dated ->
        [yes] {" "}Due { $until }{ $had ->
            [yes] {" "}(before: { $before })
           *[no] {""}
        }{ $first ->
            [yes] , first due { $original }.
           *[no] .
        } Basis: { $basis }.
       *[no] {""}
    }{ $worded ->
        [yes] {" "}Wording: { $text }
       *[no] {""}
    }
assign-undone = { $code }: { $has ->
        [yes] { $units }, as before.
       *[no] no unit, as before.
    }
change-undone = { $code }: its words are as before.
overtaken-change = { $by } changed { $code } ({ $what }) at { $time } a moment ago. Nothing more recorded. Change it your way all the same?
task-first-due = First due: { $original }
oversee-others = You do not oversee { $units }{ $has ->
        [yes] {" "}(but { $own })
       *[no] {""}
    }. Nothing recorded. For other units please ask the Director or the office chief.
