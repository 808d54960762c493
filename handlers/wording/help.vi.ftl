### Cài đặt, trợ giúp

settings-text =
    # Cài đặt
    Ngôn ngữ: Tiếng Việt
language-set = Từ nay Trợ lý dùng tiếng Việt.
button-language-vi = Tiếng Việt
button-language-en = English
settings-channels = Nhận tin qua: { $channel }{ $has ->
        [yes] {" "}(còn có { $others })
       *[no] {""}
    }
settings-hour = Tin sáng: { $time }{ $moves ->
        [yes] , từ ngày mai { $then }
       *[no] {""}
    }
settings-hour-choice = Tin sáng { $time }
hour-set = Từ { $date }, tin sáng đến đồng chí lúc { $time } các ngày làm việc.
hour-how = Chưa đổi gì: tin sáng đến từ { $first } đến { $last }, tròn giờ hoặc rưỡi. Ví dụ: gio nhan tin 8h30
channel-set = Từ nay tin nhắc, tin báo đến đồng chí qua { $channel }. Hỏi ở đâu, trả lời ở đó.
channel-which = Đồng chí đã liên kết: { $channels }. Nhận tin qua kênh nào?
channel-only = Đồng chí mới liên kết { $channel }. Thêm kênh khác: xin Văn phòng một mã mời nữa, nhắn mã ở kênh đó.
channel-telegram = Telegram
channel-zalo_bot = Zalo
channel-zalo_oa = Zalo OA
channel-webchat = Trang dùng thử
channel-plain = Tin chữ
button-channel-telegram = Nhận tin qua Telegram
button-channel-zalo_bot = Nhận tin qua Zalo
button-channel-zalo_oa = Nhận tin qua Zalo OA
button-channel-webchat = Nhận tin ở trang dùng thử
button-channel-plain = Nhận tin chữ
help-title = Trợ lý làm được gì
help-foot = Gõ có dấu hay không dấu đều được. Nhầm thì gõ: hoan tac
cancel-done = Đã thôi câu hỏi này, chưa ghi gì thêm.
cancel-nothing = Không có câu hỏi nào đang chờ.
incident = Có lỗi ngoài dự kiến, chưa ghi gì. Đề nghị nhắn lại sau ít phút; nếu vẫn lỗi, báo Văn phòng số { $number }.

label-start = Liên kết
label-help = Trợ giúp
label-tasks = Việc
label-task = Xem mục
label-done = Xong
label-present = Đã trình
label-reported = Chờ số văn bản
label-progress = Tiến độ
label-blocked = Đang vướng
label-acknowledge = Tiếp nhận
label-undo = Hoàn tác
label-overdue = Quá hạn
label-due = Sắp đến hạn
label-summary = Tổng hợp
label-question = Hỏi tình hình
label-document = Số văn bản
label-assign = Phân công
label-notice = Thông báo
label-invite = Mời
label-hour = Giờ tin sáng
label-settings = Cài đặt
label-language = Ngôn ngữ
label-channel = Kênh nhận tin
label-cancel = Thôi

help-start = gửi mã để liên kết
help-help = trợ giúp
help-tasks = việc đang mở của phòng: viec
help-task = xem một mục: xem 3.5
help-done = báo xong: xong 3.5 hoặc xong 3.5 45 27/4
help-present = đã trình, chờ ký: 3.5 trinh gd
help-reported = đã xong, chờ số: 3.5 cho so
help-progress = tiến độ: 3.5 xong 60%
help-blocked = vướng: vuong 3.5 lý do, 10/7
help-acknowledge = đã tiếp nhận: ok
help-undo = rút lại việc vừa ghi (10 phút): hoan tac
help-overdue = ai quá hạn: qua han hoặc qua han qltm 718
help-due = sắp đến hạn: sap den han 7
help-summary = tổng hợp: tong hop, 718 den dau roi
help-question = hỏi tình hình: 3.5 xong chua
help-document = số, ngày văn bản: 45 27/4
help-assign = giao đơn vị chủ trì: phan cong 3.6 QLNL
help-notice = đưa thông báo vào theo dõi: gửi tệp hoặc dán nội dung
help-invite = mã mời: moi QLTM
help-hour = đổi giờ nhận tin sáng: gio nhan tin 8h30
help-settings = cài đặt
help-language = ngôn ngữ
help-channel = chọn kênh nhận tin: nhan tin qua zalo
help-cancel = thôi câu hỏi đang chờ: thoi
