### Nhóm: liên kết với cơ quan, và những gì cả nhóm đọc được.

label-link = Liên kết nhóm
label-unlink = Bỏ liên kết nhóm
label-publish = Đăng lên nhóm
help-link = gõ trong nhóm của cơ quan: lien ket nhom
help-unlink = gõ trong nhóm: bo lien ket nhom
help-publish = đăng số liệu lên nhóm, xem trước từng chữ: dang len nhom 718, dang len nhom giao ban
group-private = Đã gửi riêng đồng chí { $title }.
group-recorded = Đã ghi nhận { $code }, { $unit }.
group-recorded-above = Đã ghi nhận { $code }.
group-unit = { $room ->
    [yes] phòng { $unit }
   *[no] { $unit }
}
group-not-linked = Nhóm này chưa liên kết. Chánh Văn phòng cơ quan gõ trong nhóm: lien ket nhom
group-linked-public = Đã liên kết nhóm. Gõ lệnh ở đây như khi nhắn riêng; trả lời gửi riêng từng đồng chí.
group-linked = Đã liên kết nhóm với cơ quan. Trong nhóm không nêu đơn vị chậm, số ngày, số lần đôn đốc. Muốn bỏ, gõ trong nhóm: bo lien ket nhom
group-linked-already = Nhóm này đã liên kết.
group-unlinked = Đã bỏ liên kết nhóm.
group-lost = Trợ lý không còn nhắn được vào một nhóm { $channel } của cơ quan; nhóm đã bỏ liên kết, tin đăng gần đây có thể chưa đến. Dùng lại: đưa Trợ lý vào nhóm, gõ trong nhóm: lien ket nhom
group-button-not-yours = Nút này của { $units }, chưa ghi gì.
group-button-nobody = Nút này không dành cho đồng chí, chưa ghi gì.
publish-figures = TB { $number }: hoàn thành { $done }/{ $total }, chưa xong { $open }
publish-review = Giao ban { $on } { $meeting }. Đề nghị các phòng, đơn vị cho tình hình trước 16:00 { $weekday } { $date }. Trợ lý đã gửi riêng từng đơn vị.
publish-shown = Sẽ đăng lên { $count } nhóm của cơ quan, đúng từng chữ:
    { $text }
publish-asked = Đề nghị đồng chí duyệt tin đăng lên { $count } nhóm của cơ quan, đúng từng chữ:
    { $text }
    Đồng ý thì bấm nút, hoặc gõ: dang len nhom giao ban
publish-posted = Đã đăng lên { $count } nhóm.
publish-edit = Đề nghị gõ nội dung cần đăng.
publish-gone = Không còn nội dung nào chờ đăng. Ví dụ: dang len nhom 718
publish-nothing = Không có nhiệm vụ nào đang theo dõi để đăng.
publish-no-meeting = Chưa đến kỳ chuẩn bị giao ban, hoặc đã hết hạn cho tình hình. Chưa đăng gì.
button-publish = Đăng lên nhóm
error-not-in-group = Lệnh này gõ trong nhóm của cơ quan, có nhắc tên Trợ lý.
error-group-taken = Nhóm này không liên kết được. Chưa ghi gì.
error-no-group = Cơ quan chưa liên kết nhóm nào. Chánh Văn phòng gõ trong nhóm: lien ket nhom
error-already-posted = Tin giao ban { $date } đã đăng lên nhóm.
error-not-for-all = Trong nhóm không nêu đơn vị chậm, số ngày, số lần đôn đốc, không gắn tên ai. Chưa đăng gì. Đề nghị gõ lại.
