//! What stays when a record is erased, and why.

use crate::networks::Operator;

/// Something that stays.
pub struct Kept {
    /// What.
    pub what: &'static str,
    /// Why, in words for whoever asks.
    pub why: &'static str,
}

/// Everything that stays.
pub const fn kept(operator: Operator) -> [Kept; 5] {
    [
        Kept {
            what: "だれが、いつ、どの欄を見たかの記録（氏名や内容は残しません）",
            why: match operator {
                Operator::Public => {
                    "個人情報の取り扱いが正しかったことを、あとから確かめられるようにするためです（個人情報の保護に関する法律第66条 安全管理措置）。"
                }
                Operator::Private => {
                    "個人情報の取り扱いが正しかったことを、あとから確かめられるようにするためです（個人情報の保護に関する法律第23条 安全管理措置）。"
                }
            },
        },
        Kept {
            what: "照会の日時・相手の種類・開示の根拠（件数を数えるためのもの）",
            why: "町の見守りの様子を数字で報告するためです。どなたのことかはわかりません。",
        },
        Kept {
            what: "11けたのタグの番号（無効として）",
            why: "同じ番号を、ほかの方に渡さないためです。どなたの番号だったかは残しません。",
        },
        Kept {
            what: "消去の一覧の符号（氏名にはもどせません）",
            why: "古いバックアップや古い名簿から、消した記録がもどらないようにするためです。",
        },
        Kept {
            what: "申請書などの紙の書類",
            why: "町の文書管理の決まりにそって保管し、年限がきたら廃棄します（このシステムの外にある書類です）。",
        },
    ]
}
