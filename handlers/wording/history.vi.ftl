### Quá trình xử lý một mục: ai, lúc nào, việc gì

history-title = Quá trình:
history-page = Quá trình (trang { $number }/{ $count }):
history-more = Trước đó: xem { $typed } trang { $next }
button-earlier = Xem trước đó
history-line = { $time } { $date }{ $has ->
        [yes] {" "}{ $by }
       *[no] {""}
    }: { $words }{ $named ->
        [yes] {" "}({ $units })
       *[no] {""}
    }{ $undone ->
        [yes] , đã hoàn tác
       *[no] {""}
    }
history-instead = ghi nhận thay, { $what }
history-files = , { $files } tệp
history-given = giao việc{ $dated ->
        [yes] , hạn { $due }
       *[no] , không thời hạn
    }
history-acknowledged = tiếp nhận
history-progress = báo tiến độ{ $percent ->
        [-1] {""}
       *[other] {" "}{ $percent } %
    }{ $quoted ->
        [yes] : "{ $said }"
       *[no] {""}
    }
history-blocked = báo vướng{ $quoted ->
        [yes] : "{ $said }"
       *[no] {""}
    }{ $named ->
        [yes] , dự kiến { $day }
       *[no] {""}
    }
history-presented = đã trình ngày { $day }, chờ ký
history-reported = báo đã xong, chờ số văn bản
history-submitted = báo xong{ $has ->
        [yes] , văn bản { $document } ngày { $of }
       *[no] {""}
    }, chờ xác nhận
history-done = báo xong{ $has ->
        [yes] , văn bản { $document } ngày { $of }
       *[no] {""}
    }
history-confirmed = xác nhận hoàn thành
history-returned = trả lại: "{ $said }", bổ sung trước { $mend }
history-dropped = thôi theo dõi{ $quoted ->
        [yes] : "{ $said }"
       *[no] {""}
    }
history-moved = thôi giao, chuyển đơn vị khác
history-resumed = giao lại
history-handed = giao cho { $said }
history-taken_back = nhận lại, trực tiếp xử lý
history-extended = gia hạn{ $times ->
        [0] {""}
       *[other] {" "}lần { $times }
    } { $had ->
        [yes] { $was } → { $due }
       *[no] đến { $due }
    }
history-present_by = hạn trình nội bộ { $day }
history-dated = đổi hạn { $had ->
        [yes] { $was }
       *[no] không thời hạn
    } → { $dated ->
        [yes] { $due }
       *[no] không thời hạn
    }
history-handed_in = nộp kết quả
history-asked = xin { $inside ->
        [yes] lùi hạn trình nội bộ
       *[no] gia hạn
    } đến { $day }: "{ $said }"
history-opinion = { $agrees ->
        [yes] thống nhất
       *[no] không thống nhất
    } với đề nghị { $inside ->
        [yes] lùi hạn trình
       *[no] gia hạn
    } đến { $day }
history-refused = không đồng ý { $inside ->
        [yes] lùi hạn trình
       *[no] gia hạn
    } đến { $day }
history-urged = đôn đốc lần { $times }
history-reworded = sửa nội dung
history-changed = cập nhật theo văn bản
history-disputed = báo ghi nhận thay chưa đúng{ $quoted ->
        [yes] : "{ $said }"
       *[no] {""}
    }
history-ladder = đặt lịch nhắc
history-proposed = { $quoted ->
        [yes] kiến nghị: "{ $said }"
       *[no] { $has ->
            [yes] bổ sung văn bản của kiến nghị, { $document }
           *[no] chuyển kiến nghị trước khi có văn bản
        }
    }
history-viewed = { $view ->
        [agreed] đồng ý với kiến nghị
        [refused] không đồng ý với kiến nghị
       *[other] có ý kiến về kiến nghị
    }{ $quoted ->
        [yes] : "{ $said }"
       *[no] {""}
    }
history-requested = đề nghị { $asked } gửi ý kiến phối hợp, hạn { $day }
history-requested_again = nhắc { $asked } gửi ý kiến phối hợp
history-request_dated = { $named ->
        [yes] lùi hạn gửi ý kiến phối hợp đến { $day }
       *[no] giữ hạn gửi ý kiến phối hợp
    } cho { $asked }
history-contributed = gửi ý kiến phối hợp
history-contributed_nothing = báo không có nội dung phối hợp
history-contributes_later = xin thêm thời gian gửi ý kiến phối hợp
