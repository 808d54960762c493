### Trong một đơn vị: giao tiếp một phần việc, xử lý thay khi vắng.

label-handover = Giao trong phòng
label-delegate = Xử lý thay
help-handover = giao cho phó phòng, chuyên viên: giao 3.7 cho pho phong
help-delegate = người xử lý thay khi vắng: pho phong lam thay den 30/6
handover-how = Giao mục nào cho đồng chí nào? Ví dụ: giao 3.7 cho pho phong
handover-recorded = Đã giao { $code } cho { $to }. { $reached ->
        [yes] Nhắc việc gửi cả hai đồng chí.
       *[no] Đồng chí ấy chưa liên kết tài khoản, chưa nhận được tin.
    }
handover-taken-back = { $code } trở lại do đồng chí trực tiếp xử lý.
handover-told = { $by } giao đồng chí { $code } { $title }.{ $dated ->
        [yes] {" "}Hạn { $due }.
       *[no] {""}
    } Báo kết quả thì gõ: xong { $code }
error-which-task-person = Đồng chí nói đồng chí nào? Trả lời số:
delegate-how = Ai xử lý thay, đến ngày nào? Ví dụ: pho phong lam thay den 30/6
delegate-past = Ngày { $date } đã qua. Chưa ghi gì. Ví dụ: pho phong lam thay den 30/6
delegate-away-too = { $deputy } cũng vắng trong thời gian ấy. Chưa ghi gì. Đề nghị chọn đồng chí khác.
delegate-recorded = Từ { $first } đến hết { $last } { $deputy } nhận nhắc việc, báo cáo thay. { $reached ->
        [yes] Đã báo đồng chí liên quan.
       *[no] Có đồng chí chưa liên kết tài khoản, đề nghị báo trực tiếp.
    }
delegate-told-absent = Từ { $first } đến hết { $last } { $deputy } nhận nhắc việc, báo cáo thay đồng chí.
delegate-told-deputy = Từ { $first } đến hết { $last } đồng chí xử lý thay { $absent }, nhận nhắc việc của { $unit }.
button-tasks = Xem việc đang mở

absence-starts = Đồng chí xử lý thay { $absent } ({ $unit }) đến hết { $last }. { $any ->
        [yes] Phòng đang mở:
       *[no] Phòng không có mục nào đang mở.
    }
absence-over = { $any ->
        [yes] Trong thời gian đồng chí nghỉ ({ $first } – { $last }):
       *[no] Trong thời gian đồng chí nghỉ ({ $first } – { $last }) không có mục nào thay đổi.
    }
absence-more = Và { $count } thay đổi nữa.
absence-open = { $unit } đang mở:
absence-standing = Việc chung: { $codes }
absence-done = { $code } { $title }: xong { $date }{ $how ->
        [late] , sau hạn
        [in-time] , đúng hạn
       *[undated] {""}
    }{ $named ->
        [yes] {" "}({ $by })
       *[no] {""}
    }
absence-extended = { $code } { $title }: được gia hạn đến { $date }
absence-new = { $code } { $title }: mới giao{ $due ->
        [none] {""}
       *[other] , hạn { $due }
    }
absence-state = { $code } { $title }: { $state }{ $named ->
        [yes] {" "}({ $by })
       *[no] {""}
    }
