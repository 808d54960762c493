### Phân công lại, sửa mục đang theo dõi.

assign-how = Giao mục nào cho đơn vị nào? Ví dụ: phan cong 3.6 QLNL, phoi hop VP
assign-units = { $kind ->
        [both] { $lead } chủ trì, { $partners } phối hợp
        [with] { $partners } phối hợp
       *[lead] { $lead } chủ trì
    }
assign-recorded = Đã giao { $code } cho { $units }.
assign-told = Đơn vị đồng chí được giao chủ trì { $code } { $title } ({ $notice }).{ $shared ->
        [yes] {" "}Phối hợp: { $partners }.
       *[no] {""}
    }
assign-told-with = Đơn vị đồng chí được giao phối hợp { $code } { $title } ({ $notice }){ $has ->
        [yes] , { $lead } chủ trì.
       *[no] .
    }
assign-moved = { $code } { $title } ({ $notice }) đã giao { $lead } chủ trì, đơn vị đồng chí thôi theo dõi mục này.
overtaken-assign = { $by } vừa giao { $code } cho { $what } lúc { $time }. Chưa ghi gì thêm. Đồng chí vẫn giao theo ý mình?
overtaken-insist = Vẫn thực hiện
change-what = Sửa { $code } { $title }{ $dated ->
        [yes] {" "}(hạn { $due })
       *[no] {""}
    }: gõ hạn mới hoặc nội dung mới. Ví dụ: han 15/6, noi dung trinh ke hoach
change-how = Sửa { $code }: gõ hạn mới hoặc nội dung mới. Ví dụ: sua { $code } han 15/6 theo y kien GD; sua { $code } noi dung trinh ke hoach
change-units = Đổi đơn vị của { $code } thì gõ: phan cong { $code } QLCN, phoi hop VP
change-superior = { $code } do cấp trên giao, hạn chỉ sửa theo văn bản của cấp trên. Chưa ghi gì. Ví dụ: sua { $code } han 15/6 theo CV 123/UBND-KT ngày 05/6
change-to-date = hạn { $date }
change-to-words = nội dung
change-recorded = Đã sửa { $code } { $title }.{ $dated ->
        [yes] {" "}Hạn { $until }{ $had ->
            [yes] {" "}(trước đó: { $before })
           *[no] {""}
        }{ $first ->
            [yes] , hạn gốc { $original }.
           *[no] .
        } Căn cứ: { $basis }.
       *[no] {""}
    }{ $worded ->
        [yes] {" "}Nội dung: { $text }
       *[no] {""}
    }
    Đơn vị, lãnh đạo liên quan được báo sau 10 phút.
change-told = { $by } sửa { $code } { $title }.{ $dated ->
        [yes] {" "}Hạn { $until }{ $had ->
            [yes] {" "}(trước đó: { $before })
           *[no] {""}
        }{ $first ->
            [yes] , hạn gốc { $original }.
           *[no] .
        } Căn cứ: { $basis }.
       *[no] {""}
    }{ $worded ->
        [yes] {" "}Nội dung: { $text }
       *[no] {""}
    }
assign-undone = { $code }: { $has ->
        [yes] { $units } như trước.
       *[no] chưa có đơn vị như trước.
    }
change-undone = { $code }: nội dung như trước khi sửa.
overtaken-change = { $by } vừa sửa { $code } ({ $what }) lúc { $time }. Chưa ghi gì thêm. Đồng chí vẫn sửa theo ý mình?
task-first-due = Hạn gốc: { $original }
oversee-others = { $units } không thuộc lĩnh vực đồng chí phụ trách{ $has ->
        [yes] {" "}({ $own })
       *[no] {""}
    }. Chưa ghi gì. Việc của đơn vị khác thì đề nghị Giám đốc hoặc Chánh Văn phòng.
