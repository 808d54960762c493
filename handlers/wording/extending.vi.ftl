### Gia hạn

extend-how = Gia hạn { $code } đến ngày nào, vì sao? Ví dụ: gia han { $code } den 15/7 cho so lieu
extend-why = Xin gia hạn { $code } đến { $date } vì lý do gì?
extend-paper = Gia hạn { $code } đã quyết định trên giấy thì cho ngày và số, ngày văn bản. Ví dụ: gia han { $code } den 15/7 theo cv 52 ngay 27/6
extend-superior = { $code } do UBND tỉnh giao. Lãnh đạo Sở chỉ lùi được hạn trình nội bộ; hạn với UBND tỉnh cần văn bản của Sở. Đồng chí chọn:
extend-inside = Xin lùi hạn trình nội bộ
extend-by-paper = Đã có văn bản gửi UBND tỉnh
extend-which-paper = Gia hạn { $code } đến { $date } theo văn bản nào của Sở? Cho số, ngày, ví dụ: 120 27/6
extend-by-document = theo { $number }{ $dated ->
        [yes] {" "}ngày { $date }
       *[no] {""}
    }
extend-asked = Đã gửi đề nghị { $inside ->
        [yes] lùi hạn trình nội bộ
       *[no] gia hạn
    } { $code }{ $had ->
        [yes] , lần { $times }: { $due } → { $until }.
       *[no] : chưa có hạn → { $until }.
    }
    Lý do: "{ $reason }".
    { $deputy ->
        [yes] Phó Giám đốc phụ trách cho ý kiến, Giám đốc quyết định.
       *[no] Giám đốc quyết định.
    } Hạn chưa đổi.
extend-please = { $unit } đề nghị { $inside ->
        [yes] lùi hạn trình nội bộ
       *[no] gia hạn
    } { $code } { $title } đến { $until } ({ $had ->
        [yes] hạn { $due }
       *[no] chưa có hạn
    }). Lý do: "{ $reason }".{ $support ->
        [yes] {" "}Phó Giám đốc phụ trách: thống nhất.
        [no] {" "}Phó Giám đốc phụ trách: không thống nhất.
       *[none] {""}
    }
button-support = Thống nhất, trình Giám đốc
button-object = Không thống nhất
button-grant = Đồng ý
button-deny = Không đồng ý
button-other-day = Ngày khác
opinion-recorded = Đã ghi ý kiến của đồng chí về gia hạn { $code }: { $agrees ->
        [yes] thống nhất
       *[no] không thống nhất
    }. Đã trình Giám đốc.
extend-other-day = Gia hạn { $code } đến ngày nào? Ví dụ: 10/7
extend-granted = Đã đồng ý { $inside ->
        [yes] lùi hạn trình nội bộ { $code } đến { $until }.
       *[no] { $had ->
            [yes] gia hạn { $code } đến { $until } (lần { $times }, hạn gốc { $original }).
           *[no] hạn của { $code } là { $until } (trước đó chưa có hạn).
        }
    }
extend-told-granted = { $by } đồng ý { $inside ->
        [yes] lùi hạn trình nội bộ { $code } { $title } ({ $unit }) đến { $until }.
       *[no] { $had ->
            [yes] gia hạn { $code } { $title } ({ $unit }) đến { $until } (lần { $times }, hạn gốc { $original }).
           *[no] hạn của { $code } { $title } ({ $unit }) là { $until } (trước đó chưa có hạn).
        }
    }
extend-refused = Đã ghi không đồng ý gia hạn { $code }. { $had ->
        [yes] Hạn vẫn { $due }.
       *[no] Mục này vẫn chưa có hạn.
    }
extend-told-refused = { $by } không đồng ý gia hạn { $code } { $title } ({ $unit }){ $has ->
        [yes] : "{ $why }"
       *[no] {""}
    }. { $had ->
        [yes] Hạn vẫn { $due }.
       *[no] Mục này vẫn chưa có hạn.
    }
extend-on-paper = { $had ->
        [yes] Đã ghi gia hạn { $code } ({ $unit }) đến { $until }, lần { $times }, theo { $basis }.
       *[no] Đã ghi hạn của { $code } ({ $unit }): { $until }, theo { $basis }. Trước đó chưa có hạn.
    }
extend-told-paper = { $had ->
        [yes] { $by } ghi gia hạn { $code } { $title } ({ $unit }) đến { $until } (lần { $times }, hạn gốc { $original }), theo { $basis }.
       *[no] { $by } ghi hạn của { $code } { $title } ({ $unit }): { $until }, theo { $basis }. Trước đó chưa có hạn.
    }
extend-waiting = Chờ ý kiến gia hạn:
extend-waiting-line = { $code } { $title } – { $unit } xin đến { $until }: "{ $reason }"
button-grant-code = Đồng ý { $code }
button-deny-code = Không đồng ý { $code }
task-extended = Gia hạn { $times } lần, hạn gốc { $original }{ $late ->
        [0] {""}
       *[other] , quá hạn gốc { $late } ngày
    }.
task-asked = Đang xin gia hạn đến { $until }: "{ $reason }".
label-extend = Gia hạn
help-extend = xin gia hạn: gia han 3.5 den 15/5 ly do
error-not-later = Hạn của { $code } đã là { $date }. Chưa ghi gì.
error-already-asked = { $value } đang có đề nghị gia hạn chờ quyết định. Chưa ghi gì.
error-which-task-extension = Đồng chí cho ý kiến về đề nghị gia hạn nào?
