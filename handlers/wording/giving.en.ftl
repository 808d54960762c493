### Tasks given outside any notice.

label-new = Give a task
help-new = give a task outside any notice: new QLTM, cooperating VP: the plan by 15/5
source-given = given directly
new-how = What is to be done, by which unit, by when? E.g. /new QLTM, phối hợp VP: trình kế hoạch trước 15/5
new-title = New task (not given yet)
new-lead = Lead: { $units }
new-cooperating = Cooperating: { $units }
new-due = Due: { $due }
new-first-period = First due: { $date }{ $off ->
        [yes] {" "}(a day off, due by { $last })
       *[no] {""}
    }
new-product = Product: { $product }
new-source = Under: { $number }{ $dated ->
        [yes] {" "}of { $date }
       *[no] {""}
    }
new-which-unit = Which unit leads?
new-which-date = { $passed ->
        [yes] { $past } has passed. Due when? E.g. 15/5
       *[no] Due when? E.g. 15/5, hàng tháng ngày 25
    }
new-button-give = Give
new-button-undated = No deadline
new-button-unit = { $unit }
new-edit = Please type what is to change (unit QLCN; cooperating VP; due 20/5; wording …), or the whole sentence again.
new-gone = No task waits to be given. E.g. /new QLTM: trình kế hoạch trước 15/5
new-given = { $code } { $title } is given: { $units }, due { $due }.{ $has ->
        [yes] {" "}Without a linked account, please phone: { $missed }.
       *[no] {""}
    }
new-told = { $by } gives your unit the lead of { $code }: { $text }{ $shared ->
        [yes] {""}
    Cooperating: { $partners }
       *[no] {""}
    }{ $dated ->
        [yes] {""}
    Due: { $due }
       *[no] {""}
    }{ $paper ->
        [yes] {""}
    Under: { $source }
       *[no] {""}
    }
new-told-with = { $by } gives { $lead } the lead of { $code }, your unit cooperates: { $text }{ $dated ->
        [yes] {""}
    Due: { $due }
       *[no] {""}
    }{ $paper ->
        [yes] {""}
    Under: { $source }
       *[no] {""}
    }
new-withdrawn = { $code } { $title } is withdrawn; the units concerned are told.
new-withdrawn-told = { $by } withdrew { $code } { $title }. Your unit need not do it.
