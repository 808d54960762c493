### Phối hợp: đơn vị chủ trì đề nghị, đơn vị phối hợp trả lời.

label-request = Đề nghị phối hợp
help-request = đề nghị đơn vị phối hợp: 3.3 de nghi cac phong gui phuong an truoc 20/4
label-contribute = Gửi ý kiến
help-contribute = gửi ý kiến phối hợp: gui y kien 3.3 thong nhat
label-nothing = Không có nội dung
help-nothing = không có nội dung phối hợp: khong co noi dung 3.3
label-coordination = Ý kiến phối hợp
help-coordination = ai chưa gửi ý kiến phối hợp: phoi hop
request-how = Đề nghị phối hợp mục nào, nội dung gì, trước ngày nào? Ví dụ: 3.3 de nghi cac phong gui phuong an truoc 20/4
request-what = Đề nghị các đơn vị phối hợp mục { $code } nội dung gì, trước ngày nào? Ví dụ: { $code } de nghi cac phong gui phuong an truoc 20/4
request-when = Mục { $code }: đề nghị trả lời trước ngày nào? Ví dụ: truoc 20/4
request-sent = Đã gửi { $units } (mục { $code }). Hạn trả lời: { $by }.{ $has ->
        [yes] {" "}Chưa liên kết tài khoản, đề nghị gọi: { $missed }.
       *[no] {""}
    }{ $others ->
        [yes] {" "}Chưa gửi { $still }: đang có đề nghị chưa trả lời.
       *[no] {""}
    }
request-moved = Đã báo { $units }: hạn trả lời mục { $code } là { $by }.
request-decided = Mục { $code }: đề nghị thêm thời gian đã được trả lời, hạn là { $by }. Chưa ghi gì thêm.
request-again = { $told ->
        [yes] Đã nhắc { $units } về mục { $code }.
       *[no] Mục { $code }:
    }{ $before ->
        [yes] {" "}Hôm nay đã nhắc { $earlier } rồi.
       *[no] {""}
    }{ $has ->
        [yes] {" "}Chưa liên kết tài khoản, đề nghị gọi: { $missed }.
       *[no] {""}
    }
inquiry-by = { $strict ->
        [yes] trước { $day } (hết ngày { $last })
       *[no] hết ngày { $day }
    }
inquiry-told = { $again ->
        [yes] { $lead } nhắc mục { $code } { $title }, đề nghị
       *[no] { $lead } chủ trì mục { $code } { $title } đề nghị
    } { $unit }{ $shown ->
        [yes] : "{ $words }".
       *[no] {" "}cho ý kiến, nội dung trao đổi trực tiếp.
    } Hạn trả lời: { $by }.
button-contribute = Gửi ý kiến
button-nothing = Không có nội dung phối hợp
button-more-time = Đề nghị thêm thời gian
button-new-day = Đồng ý
button-keep-day = Giữ hạn cũ
contribute-ask = Đề nghị gửi ý kiến mục { $code }: nội dung, số và ngày văn bản, hoặc tệp.
contribute-recorded = Đã gửi { $lead } ý kiến phối hợp của { $unit }, mục { $code }.
nothing-recorded = Đã báo { $lead }: { $unit } không có nội dung phối hợp mục { $code }.
more-time-recorded = Đã gửi { $lead }: { $unit } đề nghị thêm thời gian, mục { $code }.
inquiry-answered = { $state ->
        [nothing] { $unit } không có nội dung phối hợp mục { $code }
       *[given] { $unit } đã gửi ý kiến phối hợp mục { $code }
    }{ $has ->
        [yes] : "{ $words }".
       *[no] .
    }{ $files ->
        [0] {""}
       *[other] {" "}Kèm { $files } tệp, xem thì gõ: tep { $code }
    }
inquiry-more-time = { $unit } đề nghị thêm thời gian cho ý kiến mục { $code } (hạn { $by }){ $has ->
        [yes] : "{ $words }".
       *[no] .
    } { $named ->
        [yes] Đề nghị đến hết ngày { $day }.
       *[no] Đồng ý thì hạn là hết ngày { $day }.
    }
inquiry-moved = { $lead }: hạn cho ý kiến mục { $code } là { $by }.
inquiry-withdrawn = { $lead } rút đề nghị phối hợp mục { $code }. Đơn vị không phải trả lời.
inquiry-unit = { $state ->
        [given] { $unit } đã gửi { $date }
        [nothing] { $unit } không có nội dung
        [more_time] { $unit } đề nghị thêm thời gian{ $dated ->
            [yes] {" "}đến { $wanted }
           *[no] {""}
        }
       *[asked] { $unit } chưa trả lời
    }
inquiry-stands = { $code }: { $list }.
inquiry-again-button = { $few ->
        [yes] Nhắc { $units }
       *[no] Nhắc { $count } đơn vị
    }
inquiry-silent = { $units } chưa gửi ý kiến phối hợp.
coordination-title = Ý kiến phối hợp
coordination-none = Không có đề nghị phối hợp nào đang chờ.
coordination-asked = { $code }: { $lead } đề nghị{ $shown ->
        [yes] {" "}"{ $words }"
       *[no] {" "}cho ý kiến
    }, { $by }
error-nobody-cooperates = Mục { $value } không có đơn vị phối hợp. Chưa gửi.
error-not-cooperating = Mục { $code } không giao { $unit } phối hợp. Đơn vị phối hợp: { $units }. Chưa gửi.
error-still-asked = Mục { $code }: { $units } đang có đề nghị chưa trả lời. Chưa gửi. Đổi hạn thì gõ: { $code } de nghi 25/4
error-not-asked = { $has ->
        [yes] Mục { $code } không có đề nghị phối hợp nào chờ trả lời. Chưa ghi gì.
       *[no] Không có đề nghị phối hợp nào chờ đơn vị trả lời. Chưa ghi gì.
    }
error-already-answered = Mục { $code }: { $unit } { $state ->
        [nothing] đã báo không có nội dung
        [more_time] đã đề nghị thêm thời gian
       *[given] đã gửi ý kiến
    } lúc { $time }, { $date }. Chưa ghi gì thêm. Gửi bổ sung thì gõ: bao cao { $code }
error-which-task-contribute = Đồng chí gửi ý kiến mục nào?
error-which-task-nothing = Đồng chí trả lời mục nào?
