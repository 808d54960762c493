### Việc của lãnh đạo: thôi theo dõi, đôn đốc.

label-drop = Thôi theo dõi
help-drop = thôi theo dõi, kèm lý do: thoi theo doi 3.4 vi da giao noi khac
drop-how = Thôi theo dõi mục nào, vì lý do gì? Ví dụ: thoi theo doi 3.4 vi da giao noi khac
drop-why = Thôi theo dõi { $code } { $title } vì lý do gì?
drop-recorded = Đã thôi theo dõi { $code } { $title } ({ $units }). Lý do: "{ $reason }". Đơn vị liên quan được báo sau 10 phút.
drop-told = { $by } cho thôi theo dõi { $code } { $title }. Lý do: "{ $reason }". Kết quả đã ghi vẫn lưu.
label-remind = Đôn đốc
help-remind = đôn đốc đơn vị: nhac qlnl chieu nay bao cao, nhac tat ca qua han
remind-how = Đôn đốc ai? Ví dụ: nhac qlnl chieu nay bao cao, nhac 3.6, nhac tat ca qua han
remind-none = { $has ->
        [yes] { $unit } không có mục nào quá hạn. Nhắc một mục thì gõ: nhac 3.6
       *[no] Không có mục nào quá hạn.
    }
remind-shown = Gửi riêng { $to }:
    "{ $text }"
remind-text = { $by } đề nghị { $unit } báo cáo mục { $codes }{ $has ->
        [yes] {" "}trước { $time } ngày { $date }.
       *[no] .
    }
remind-own-words = { $by } (mục { $codes }): { $words }
remind-nobody = { $unit }: không có đồng chí nào khác để nhắc.
remind-edit = Đề nghị gõ nội dung cần gửi.
remind-gone = Không còn nội dung nào chờ gửi. Ví dụ: nhac 3.6
remind-counted = { $code } { $unit } lần { $times }
remind-sent = { $waits ->
        [yes] Sẽ gửi lúc { $time } ngày { $date }, đôn đốc { $list }.
       *[no] Đã gửi lúc { $time }, đôn đốc { $list }.
    }{ $has ->
        [yes] {" "}Chưa liên kết tài khoản, đề nghị gọi: { $missed }.
       *[no] {""}
    }
button-send = Gửi
button-edit = Sửa

urge-answered = { $unit } đã trả lời đôn đốc:
urge-answer = { $code } { $title }: { $state }{ $quoted ->
        [yes] , "{ $words }"
       *[no] {""}
    }
urge-silent = Đến { $time }, { $unit } chưa báo cáo mục { $codes } theo đề nghị của { $by }.
