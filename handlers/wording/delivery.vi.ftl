### Tin nào tới ai, tin nào chưa tới, ai cần gọi điện.

undelivered-title = Chưa nhận tin, đến { $time } { $date }
undelivered-none = Trong 7 ngày qua mọi tin đều đã tới nơi.
undelivered-count = { $count } đồng chí chưa nhận đủ tin:
undelivered-who = { $title }: { $why }
undelivered-what = từ { $time } { $date }: { $what }
undelivered-phone = Đề nghị gọi điện.
undelivered-silent = { $count } đơn vị chưa tiếp nhận việc, xem: chua tiep nhan
undelivered-new = Có tin chưa tới nơi
undelivered-lost = { $title }: { $channel } { $how ->
        [blocked] đã chặn Trợ lý
       *[other] không còn nhận tin
    }, tin đi qua kênh khác.
undelivered-button = Xem ai chưa nhận
typed-undelivered = chua nhan

why-unlinked = chưa liên kết
why-blocked = đã chặn Trợ lý trên { $channel }
why-closed = tài khoản { $channel } không còn dùng
why-withdrawn = tài khoản { $channel } đã thu hồi
why-window = quá 7 ngày chưa nhắn { $channel }
why-quota = hết lượt tin { $channel } của tháng
why-refused = { $channel } không nhận tin này
why-uncertain = không rõ tin đã tới chưa
why-waiting = { $channel } chưa nhận, đang chờ gửi

what-digest = tin nhắc { $date }
what-word = tin ngày { $date }
what-about = tin về { $code }

told-count =
    TB { $number }: { $reached }/{ $count } trưởng đơn vị đã nhận tin.
told-not = Chưa nhận:
told-missed = { $title } ({ $why })
told-under-way = { $unit } (đang gửi)
told-headless = { $unit } (chưa có trưởng đơn vị)

unacknowledged-title = Chưa tiếp nhận, đến { $time } { $date }
unacknowledged-none = Các đơn vị đã tiếp nhận hết việc được giao.
unacknowledged-count = { $count } đơn vị chưa tiếp nhận:
unacknowledged-line = { $unit }: { $codes } – { $number }, giao { $date }
typed-unacknowledged = chua tiep nhan

label-undelivered = Chưa nhận
label-unacknowledged = Chưa tiếp nhận
help-undelivered = ai chưa nhận tin: chua nhan
help-unacknowledged = ai chưa tiếp nhận việc: chua tiep nhan

## Cảnh báo cho người quản trị

alarm = Cảnh báo hệ thống { $time } { $date }: { $what }{ $channel ->
        [none] {""}
       *[other] {" "}({ $channel })
    }. Kiểm tra: dondoc doctor
alarm-over = { $time } { $date }: { $channel } đã gửi lại bình thường.
alarm-locked-out = mã của bot không được chấp nhận
alarm-monthly-quota = sắp hết hoặc đã hết lượt tin của tháng
alarm-tokens = mã truy cập Zalo OA cần người quản trị cấp lại
alarm-tick = chưa lập được tin nhắc
alarm-gap = chương trình đã ngừng một lúc, nay chạy lại và nhắc bù
alarm-polling = bot không lấy được tin mới
alarm-unsent = tin chờ gửi quá lâu
alarm-lost = nhiều tin không rõ tới nơi hoặc bị từ chối
alarm-events = tin gửi đến không đúng chữ ký
alarm-loop = một bộ phận của chương trình đã dừng
alarm-other = có lỗi cần xem nhật ký
