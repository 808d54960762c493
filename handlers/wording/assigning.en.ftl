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
