### Việc của lãnh đạo: thôi theo dõi, đôn đốc.

label-drop = Thôi theo dõi
help-drop = thôi theo dõi, kèm lý do: thoi theo doi 3.4 vi da giao noi khac
drop-how = Thôi theo dõi mục nào, vì lý do gì? Ví dụ: thoi theo doi 3.4 vi da giao noi khac
drop-why = Thôi theo dõi { $code } { $title } vì lý do gì?
drop-recorded = Đã thôi theo dõi { $code } { $title } ({ $units }). Lý do: "{ $reason }". Đơn vị liên quan được báo sau 10 phút.
drop-told = { $by } cho thôi theo dõi { $code } { $title }. Lý do: "{ $reason }". Kết quả đã ghi vẫn lưu.
