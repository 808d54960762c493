### Phân công lại, sửa mục đang theo dõi.

assign-how = Giao mục nào cho đơn vị nào? Ví dụ: phan cong 3.6 QLNL, phoi hop VP
assign-units = { $kind ->
        [both] { $lead } chủ trì, { $partners } phối hợp
        [with] { $partners } phối hợp
       *[lead] { $lead } chủ trì
    }
assign-recorded = Đã giao { $code } cho { $units }.
assign-told = Phòng đồng chí được giao chủ trì { $code } { $title } ({ $notice }).{ $shared ->
        [yes] {" "}Phối hợp: { $partners }.
       *[no] {""}
    }
assign-told-with = Phòng đồng chí được giao phối hợp { $code } { $title } ({ $notice }){ $has ->
        [yes] , { $lead } chủ trì.
       *[no] .
    }
assign-moved = { $code } { $title } ({ $notice }) đã giao { $lead } chủ trì, phòng đồng chí thôi theo dõi mục này.
overtaken-assign = { $by } vừa giao { $code } cho { $what } lúc { $time }. Chưa ghi gì thêm. Đồng chí vẫn giao theo ý mình?
overtaken-insist = Vẫn thực hiện
