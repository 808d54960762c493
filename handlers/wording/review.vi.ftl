## Giao ban: bảng tình hình, hỏi lại đơn vị chưa trả lời, đổi ngày họp

label-review = Giao ban
help-review = tình hình từng mục trước giao ban, hỏi lại, đổi ngày họp: giao ban hoặc giao ban 29/5
typed-review = giao ban
review-day = { $weekday } { $date }
review-shown-title = Giao ban { $date }
review-when = { $phase ->
        [today] Họp hôm nay. Trợ lý thôi hỏi các đơn vị.
        [asked] Đã hỏi các đơn vị từ { $ask }, trả lời trước 16:00 { $by }.
        [over] Hết giờ trả lời (16:00 { $by }).
        [unasked] Chưa hỏi các đơn vị (lệ hỏi { $ask }). Trả lời trước 16:00 { $by }.
       *[before] Trợ lý hỏi các đơn vị sáng { $ask }, trả lời trước 16:00 { $by }.
    }
review-answered = Đã trả lời { $said }/{ $all } đơn vị.{ $has ->
        [yes] {" "}Chưa trả lời: { $silent }.
       *[no] {""}
    }
review-unit = { $unit }{ $silent ->
        [yes] {" "}(chưa trả lời)
       *[no] {""}
    }:
review-closed = Xong từ khi hỏi: { $list }
review-empty = Không có mục nào đang theo dõi để đưa vào bảng.
review-move-how = Đổi ngày họp thì gõ, ví dụ: giao ban { $date }
button-review-again = Hỏi lại đơn vị chưa trả lời
button-review-ask = Hỏi các đơn vị
review-counted = { $unit } lần { $times }
review-again = { $any ->
        [yes] { $waits ->
            [yes] Sẽ hỏi lại lúc { $time } ngày { $date }: { $list }.
           *[no] Đã hỏi lại: { $list }.
        }
       *[no] Chưa hỏi lại đơn vị nào.
    }{ $some ->
        [yes] {" "}Hôm nay đã hỏi { $today }, mỗi ngày hỏi một lần.
       *[no] {""}
    }{ $has ->
        [yes] {" "}Chưa có người nhận tin, đề nghị gọi điện: { $missed }.
       *[no] {""}
    }
review-all-said = { $has ->
        [yes] Các đơn vị khác đã trả lời, còn phần của đồng chí: { $own }.
       *[no] Các đơn vị đã trả lời, không còn đơn vị nào để hỏi lại.
    }
review-not-now = { $phase ->
        [before] Chưa hỏi gì: sáng { $ask } Trợ lý hỏi các đơn vị, sau đó mới hỏi lại được.
        [today] Chưa hỏi gì: họp hôm nay. Cần thì đôn đốc từng đơn vị, ví dụ gõ: nhac 3.5
       *[over] Chưa hỏi gì: hết giờ trả lời (16:00 { $by }). Cần thì đôn đốc từng đơn vị, ví dụ gõ: nhac 3.5
    }
review-moved = Giao ban dời từ { $before } sang { $to }.
review-day-off = Chưa đổi gì: { $date } là ngày nghỉ. Đề nghị cho ngày làm việc khác.
review-rule = Giao ban hằng tháng: { $kind ->
        [day] ngày { $day }
       *[weekday] { $weekday } cuối tháng
    }; gặp ngày nghỉ thì ngày làm việc tiếp theo.
