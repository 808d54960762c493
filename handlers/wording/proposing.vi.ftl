### Kiến nghị của đơn vị, ý kiến của Lãnh đạo.

label-propose = Kiến nghị
help-propose = kiến nghị về nội dung được giao: kien nghi 3.4 ly do
propose-why = Kiến nghị gì về { $code } { $title }?
propose-how = Kiến nghị { $code } thế nào? Ví dụ: kien nghi { $code } khong thuoc tham quyen phong
propose-in-writing = Kiến nghị về TB { $number } cần bằng văn bản. Cho số, ngày; chưa có thì Trợ lý báo trước để Lãnh đạo Sở biết.
    { $limited ->
        [yes] Hạn { $due } giữ nguyên đến khi có ý kiến.
       *[no] Việc được giao giữ nguyên đến khi có ý kiến.
    }
button-propose-ahead = Báo trước
button-propose-later = Chờ có văn bản
propose-recorded = { $told ->
        [deputy] Đã gửi kiến nghị { $code }. Phó Giám đốc phụ trách cho ý kiến, Giám đốc trả lời.
        [leader] Đã gửi kiến nghị { $code } đến Giám đốc.
       *[no] Đã giữ kiến nghị { $code }, chưa gửi. Có văn bản thì gõ: kien nghi { $code } so 120 ngay 28/4
    }
    Nội dung: "{ $text }".{ $has ->
        [yes] {" "}Văn bản { $document } ngày { $dated }.
       *[no] {" "}Chưa có văn bản.
    }
    { $limited ->
        [yes] Hạn { $due } giữ nguyên đến khi có ý kiến.
       *[no] Việc được giao giữ nguyên đến khi có ý kiến.
    }
propose-waits = Kiến nghị { $code } đang chờ văn bản: "{ $text }". Có thì cho số, ngày, ví dụ: kien nghi { $code } so 120 ngay 28/4
propose-please = { $unit } kiến nghị về { $code } { $title }: "{ $text }".{ $has ->
        [yes] {" "}Văn bản { $document } ngày { $dated }.
       *[no] {" "}Báo trước, chưa có văn bản.
    }{ $limited ->
        [yes] {" "}Hạn { $due } giữ nguyên.
       *[no] {""}
    }{ $opinion ->
        [agreed] {" "}Phó Giám đốc phụ trách: thống nhất
        [refused] {" "}Phó Giám đốc phụ trách: không thống nhất
        [other] {" "}Phó Giám đốc phụ trách có ý kiến
       *[none] {""}
    }{ $quoted ->
        [yes] : "{ $words }".
       *[no] { $opinion ->
            [none] {""}
           *[other] .
        }
    }
button-view = Ý kiến khác
propose-view = Ý kiến của đồng chí về kiến nghị { $code } ({ $unit }): "{ $text }"? Trợ lý chuyển nguyên văn.
propose-passed-on = Đã ghi ý kiến của đồng chí về kiến nghị { $code }: { $view ->
        [agreed] thống nhất
        [refused] không thống nhất
       *[other] ý kiến khác
    }{ $quoted ->
        [yes] , "{ $words }"
       *[no] {""}
    }. Đã trình Giám đốc.
propose-answered = Đã ghi trả lời kiến nghị { $code } ({ $unit }): { $view ->
        [agreed] đồng ý
        [refused] không đồng ý
       *[other] ý kiến khác
    }{ $quoted ->
        [yes] , "{ $words }"
       *[no] {""}
    }. Đơn vị và Văn phòng được báo sau 10 phút.{ $limited ->
        [yes] {" "}Hạn vẫn { $due }.
       *[no] {""}
    }
propose-told-answer = { $by } { $view ->
        [agreed] đồng ý với kiến nghị
        [refused] không đồng ý với kiến nghị
       *[other] có ý kiến về kiến nghị
    } { $code } { $title } ({ $unit }), "{ $text }"{ $quoted ->
        [yes] : "{ $words }"
       *[no] {""}
    }.{ $limited ->
        [yes] {" "}Hạn vẫn { $due }.
       *[no] {""}
    }
propose-none = Không có kiến nghị nào chờ ý kiến của đồng chí. Chưa ghi gì.
propose-waiting = Chờ ý kiến về kiến nghị:
propose-waiting-line = { $code } { $title } – { $unit }: "{ $text }"
button-accept-code = Đồng ý kiến nghị { $code }
button-view-code = Ý kiến khác { $code }
task-proposed = Kiến nghị { $date }: "{ $text }"{ $has ->
        [yes] , văn bản { $document } ngày { $dated }
       *[no] , chưa có văn bản
    }. { $state ->
        [waiting] Chưa gửi, chờ văn bản
        [open] Chờ ý kiến Lãnh đạo
        [agreed] { $by } đồng ý ngày { $on }
        [refused] { $by } không đồng ý ngày { $on }
       *[other] { $by } có ý kiến ngày { $on }
    }{ $quoted ->
        [yes] : "{ $words }"
       *[no] {""}
    }.
label-opinion = Ý kiến khác
help-opinion = trả lời kiến nghị bằng lời: y kien khac 3.4 phoi hop voi BDT
error-already-proposed = { $value } đang có kiến nghị chờ ý kiến. Chưa ghi gì. Thêm văn bản thì gõ: kien nghi { $value } so 120 ngay 28/4
error-proposal-answered = Kiến nghị { $code } đã có ý kiến{ $known ->
        [yes] {" "}của { $by }
       *[no] {""}
    }: { $view ->
        [agreed] đồng ý
        [refused] không đồng ý
       *[other] ý kiến khác
    }. Chưa ghi gì thêm.
error-which-task-propose = Kiến nghị về mục nào? Trả lời số:
error-which-task-proposal = Đồng chí cho ý kiến về kiến nghị nào?
error-which-task-answer = Đồng chí trả lời kiến nghị hay đề nghị gia hạn?
