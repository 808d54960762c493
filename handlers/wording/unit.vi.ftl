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
