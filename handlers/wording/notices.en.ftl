### Putting a notice under follow-up: reading, preparing, submitting, asking about dates, approving.

label-edit = Change a directive
label-consult = Ask the Director
label-approve = Put under follow-up
label-agree = Agree
label-refuse = Do not agree
help-edit = change what is being prepared, or the date or wording of what is followed: sua 3.2 han 15/6
help-consult = ask the Director about dates: xin y kien gd
help-approve = approve a notice: dua vao theo doi
help-agree = agree to what was just asked: dong y
help-refuse = do not agree to what was just asked
error-unreadable-notice-no_number = The document has no number or no date, so it cannot be put under follow-up. Nothing was recorded.
error-confidential-notice = The document is stamped { $value }, so it cannot be taken here. Nothing was recorded or kept. Please handle it as the rules on state secrets say.

## Files and pasted text

notice-file-received = { $name } has come in and is being read.
notice-photo-received = Photo received; I am reading it as a notice (about half a minute a page). If it shows a result, type the item and the number and date of the document, e.g. done 3.5 45 27/4
notice-pasted-name = the pasted text
notice-paste-part =
    Part { $number } received ({ $count } characters). If there is more, paste the next part.
    If this is all, type: du
notice-paste-reading = All { $count } characters have come in and are being read.
notice-paste-empty = No numbered directive was found in the pasted text. Nothing was recorded. Please paste it again from "Số:" to "Nơi nhận", or send a Word file.
notice-paste-too-long = The pasted text is too long; nothing was recorded. Please send a Word or text file.
notice-paste-nothing = No text is waiting to be read. Please send a file or paste the notice here.

## What was read

notice-draft-title = { $known ->
        [both] Notice { $number } of { $date }
        [number] Notice { $number }, date unknown
        [date] Notice of { $date }, number unknown
       *[none] Notice, number and date unknown
    }
notice-draft-counts = { $tasks } { $tasks ->
        [one] directive
       *[other] directives
    }, { $units } { $units ->
        [one] unit
       *[other] units
    }
notice-draft-replaced = This replaces the one that was being prepared.
notice-draft-open = { $counted ->
        [both] To be decided: units of { $units }, dates of { $dates }
        [units] To be decided: units of { $units }
        [dates] To be decided: dates of { $dates }
       *[none] To be looked at before follow-up:
    }
notice-draft-restricted = Restricted: only codes, units and deadlines are shown here; see the paper for its words.
notice-open-doubts = read with some doubt, please look at: { $codes }
notice-doubt-code = In doubt: the code, where it begins and ends.
notice-doubt-units = In doubt: the units.
notice-doubt-deadline = In doubt: the deadline.
notice-doubt-scan = Please compare with the picture of the line: “{ $line }”
notice-picture-name = line-of-{ $code }.png
notice-many-elsewhere = units or dates set in another document: { $codes }
notice-many-unknown = given to units that are not on the list: { $codes }
notice-many-unit = no unit named: { $codes }
notice-many-outside = name units that are not on the list; those parts are not followed: { $codes }
notice-many-bad_date = give dates that do not exist: { $codes }
notice-many-past_due = due before the notice's date: { $codes }
notice-many-several_deadlines = give several deadlines: { $codes }
notice-many-relative_deadline = count their deadlines from something else: { $codes }
notice-many-year_inferred = name no year in their deadlines: { $codes }
notice-many-recipients = and { $count } more recipients that are not on the list of units
notice-codes-more = { $codes } and { $count } more
notice-part-doubt = Note: { $line }
notice-split-check = Look at each of them, then type: trinh
notice-draft-clear = Every directive has a unit and a deadline.
notice-open-undated = { $count } without a deadline
notice-open-elsewhere = { $code }: { $what ->
        [both] date and unit
        [unit] unit
       *[date] date
    } set in another document ({ $documents })
notice-open-unit = { $code }: no unit named
notice-open-unknown-lead = { $code } is given to "{ $units }", which is not on the list of units
notice-open-outside = { $code } names "{ $units }", which is not on the list; that part is not followed
notice-open-standing = { $codes }: general duty, no product named
notice-open-recipient = The recipients include "{ $name }", which is not on the list of units
notice-open-no_number = The number could not be read. Type: sua so 718/TB-SCT
notice-open-no_date = The date could not be read. Type: sua ngay 04/4/2023
notice-warning-bad_date = { $code } gives a date that does not exist: "{ $phrase }"
notice-warning-past_due = { $code } is due before the notice's date: "{ $phrase }"
notice-warning-several_deadlines = { $code } gives several deadlines: "{ $phrase }"
notice-warning-relative_deadline = { $code } counts its deadline from something else: "{ $phrase }"
notice-warning-year_inferred = { $code } gives a deadline without a year: "{ $phrase }"
notice-button-items = See each directive
notice-button-edit = Change
notice-button-edit-item = Change { $code }
notice-button-submit = Submit to the office chief
notice-button-approve = Approve
notice-button-read = Read the notice
notice-button-previous = Previous
notice-button-next = Next

notice-page = Page { $number }/{ $count }
notice-button-more = More
notice-items-title = { $count } { $count ->
        [one] directive
       *[other] directives
    } read
notice-item-line = { $kind ->
        [untracked] { $code } { $title } – { $units }
       *[other] { $code } { $title } – { $units } – { $due }
    }
notice-item-untracked = not followed
notice-item-all = all units
notice-item-no-unit = no unit
notice-item-implementing = { $units } implementing
notice-item-cooperating = with { $units }
notice-item-standing = general duty
notice-item-recurring = recurring ({ $phrase })
notice-item-suggested = { $date } suggested *
notice-item-undated = no deadline
notice-suggested-note = {"*"} suggested date, not a deadline yet
notice-basis = {"*"} deadline by { $basis }
notice-item-title = { $code } { $title } ({ $number }/{ $count })
notice-part-lead = Leads: { $units }
notice-part-implementing = Implements: { $units }
notice-part-cooperating = Cooperate: { $units }
notice-part-all = Units: all
notice-part-none = Unit: unknown
notice-part-untracked = Not followed{ $has ->
        [yes] : { $reason }
       *[no] {""}
    }
notice-part-standing = A general, standing duty.
notice-part-due = Due: { $due }
notice-part-phrase = The notice says: "{ $phrase }"
notice-part-product = Product: { $product }
notice-part-refers = By other documents: { $documents }
notice-part-unknown = Not on the list of units: { $units }

## Changing what is being prepared

notice-edit-locked = Notice { $number } is with the office chief; nothing was changed. To change it, ask the office chief to give it back.
notice-edit-how =
    Type what to change, for example:
    sua { $code } don vi QLTM
    sua { $code } phoi hop QLCN, QLNL
    sua { $code } han 15/6
    sua { $code } thuong xuyen
    sua { $code } khong theo doi ly do …
notice-edit-item-how =
    { $code } { $title }. Type what to change, for example:
    han 15/6
    don vi QLTM, phoi hop QLCN
    san pham …
    khong theo doi ly do …
    tach, or: gop { $code } va …
notice-edit-unit = { $code } "{ $words }". Choose:
notice-choice-items = Send the list of contents to split it
notice-choice-split = Split it into several directives
notice-choice-coordinate = Let one unit gather the progress
notice-choice-lead = Let one unit lead
notice-choice-untracked = Do not follow it
notice-choice-no-reason = No reason
notice-which-coordinate = Which unit gathers the progress of { $code }?
notice-which-lead = Which unit leads { $code }?
notice-ask-reason = Why is { $code } not followed? One sentence is enough.
notice-ask-items =
    Type or paste one directive a line:
    { $next } QLNL: Kế hoạch …
    When that is all, type: xong
notice-split-more = Go on if there are more. When { $code } is all split, type: xong
notice-reason-elsewhere = followed under { $documents }
notice-reason-split = split into separate directives
notice-set-coordinate = { $has ->
        [yes] Recorded { $code }: { $units } gathers the progress; the leading units remain as in { $sources }.
       *[no] Recorded { $code }: { $units } gathers the progress.
    }
notice-set-lead = Recorded { $code }: led by { $units }.
notice-set-implementing = { $has ->
        [yes] Recorded { $code }: implemented by { $units }.
       *[no] Recorded { $code }: no separate implementing unit.
    }
notice-set-cooperating = { $has ->
        [yes] Recorded { $code }: with { $units }.
       *[no] Recorded { $code }: no cooperating unit.
    }
notice-set-due = Recorded { $code }: due { $due }.
notice-set-suggested = { $chief ->
        [yes] This date is only suggested. To make it count give the basis, for example: sua { $code } han theo y kien GD
       *[no] This date is only suggested; it counts once the Director has agreed.
    }
notice-set-no_due = Recorded { $code }: no deadline.
notice-set-standing = Recorded { $code }: general, standing duty.
notice-set-tracked = Recorded { $code }: followed until done.
notice-set-untracked = Recorded { $code }: not followed. Reason: { $reason }.
notice-set-product = { $has ->
        [yes] Recorded { $code }: product { $product }.
       *[no] Recorded { $code }: no product.
    }
notice-set-title = Recorded { $code }: called { $title }.
notice-set-text = Recorded { $code }: new wording.
notice-set-split = Added { $code } { $title }: led by { $units }.
notice-merge-how = Type the directives to put together, for example: gop 3.2.1 va 3.2.2
notice-set-merged = { $codes } put together with { $code }. If that was a mistake, type: hoan tac
notice-split-table = { $code } was taken apart, directives: { $count }
notice-edit-undone = { $subject } is as it was before the change.
label-merge = Put directives together
label-split = Take a directive apart
help-merge = put directives together: gop 3.2.1 va 3.2.2
help-split = take a directive apart: tach 3.2
notice-set-number = Recorded number { $number }{ $dated ->
        [no] , date unknown
       *[yes] {""}
    }.
notice-dates-accepted = Deadlines recorded by { $basis }: { $codes }.
notice-still-units = No unit yet: { $codes }.
notice-still-nothing = Every directive has a unit. When ready, type: trinh

## Submitting, approving, giving back

notice-submitted = { $reached ->
        [yes] Submitted to the office chief.
       *[no] Recorded as submitted, but the office chief has no linked account. Please tell them directly.
    }
    No unit has been told anything yet.
notice-submitted-before = Notice { $number } is with the office chief, waiting for approval.
notice-chief = { $own ->
        [yes] { $name }: approve?
       *[no] { $name } waits for your approval.
    }
notice-chief-new = Notice { $number }
notice-chief-undated = { $count } without a deadline.
notice-chief-proposed = Suggested: { $date } for { $codes }.
notice-chief-standing = Standing: { $codes }.
notice-button-consult = Ask the Director
notice-button-follow = Put under follow-up
notice-button-follow-undated = Follow without these dates
notice-button-return = Give back
notice-ask-return = Giving notice { $number } back: what should be changed? One sentence is passed on to the clerk.
notice-returned = The office chief gave notice { $number } back{ $has ->
        [yes] : "{ $words }"
       *[no] {""}
    }. When it is mended, type: trinh
notice-return-sent = { $reached ->
        [yes] Notice { $number } was given back to the clerk.
       *[no] Notice { $number } was given back. The clerk has no linked account; please tell them directly.
    }
notice-replaced-told = The clerk has sent notice { $number } again. What was submitted to you before is replaced and will be submitted anew.

## Asking about dates

notice-consult-sent = The Director was asked about { $count } undated directives. You will hear the answer at once.
notice-consult-nothing = Notice { $number } has no suggested date to ask about.
notice-consult-unreached = The Director has no linked account; nothing was sent. Ask in person, then type: sua han theo y kien GD
notice-leader = For your decision: notice { $number } has { $count } directives without a deadline.
notice-leader-proposed = The office suggests { $date }{ $period ->
        [year] {" "}(end of { $which })
        [quarter] {" "}(end of quarter { $which })
        [month] {" "}(end of month { $which })
       *[none] {""}
    }{ $several ->
        [yes] {" "}for { $codes }
       *[no] {""}
    }.
notice-button-agree = Agree
notice-button-no-dates = No deadline
notice-opinion-recorded = Recorded as you decided:
notice-opinion-unclear =
    Not everything was understood and nothing was recorded. Please answer, for example:
    dong y
    dong y, rieng 3.7 trong thang 5
    khong dat han
notice-opinion-not-dated = { $kind ->
        [tracked] { $code } has no unit yet, so it gets no deadline. Nothing was recorded.
       *[other] { $code } is a general duty and gets no deadline. Nothing was recorded.
    }
notice-opinion-past = { $date } has passed; nothing was recorded. Please give another date.
notice-opinion-closed = Nothing waits for your decision on dates. Nothing more was recorded.
notice-opinion-rest = { $count } more to decide:
notice-opinion-given = { $title } has decided the deadlines of notice { $number }:
notice-opinion-partly = { $title } has decided some deadlines of notice { $number }:
notice-opinion-late = { $title } has decided deadlines of notice { $number }, already followed; recorded, and the units were told:
notice-decided = { $codes }: due { $date }
notice-decided-none = { $codes }: no deadline
notice-decided-rest = { $rest ->
        [yes] the other { $count }: due { $date }
       *[no] { $count } directives: due { $date }
    }
notice-decided-rest-none = { $rest ->
        [yes] the other { $count }: no deadline, asked about before each monthly review
       *[no] { $count } directives: no deadline, asked about before each monthly review
    }
notice-dates-told = { $title } has set deadlines (notice { $number }):

## Under follow-up

notice-not-yet = It cannot be put under follow-up yet:
notice-not-yet-units =
    Notice { $number } cannot be put under follow-up yet: { $codes } without a unit.
    Type: sua { $first } don vi QLTM
    or: sua { $first } khong theo doi ly do …
notice-followed = Notice { $number } is under follow-up.
notice-approved = The office chief approved notice { $number }; it is under follow-up.
notice-telling = Messages are on their way to the heads of { $count } units; the result follows in a few minutes.
notice-followed-undated = { $count } without a deadline: asked about before each monthly review, never overdue.
notice-button-follow-up = See the summary

## The first list for a unit's head

notice-first-title = { $unit } – Notice { $number }
notice-first-lead = Leading, advising:
notice-first-implementing = Implementing:
notice-first-cooperating = Cooperating: { $codes }
notice-first-with = { $code } (led by { $units })
notice-first-standing = General duties: { $codes }
notice-first-line = { $code } { $title } – { $dated ->
        [yes] { $due }
       *[no] no deadline
    }
notice-first-by = (implemented by { $units })
notice-first-led = (led by { $units })
notice-button-received = Received
notice-button-objection = I have an objection
