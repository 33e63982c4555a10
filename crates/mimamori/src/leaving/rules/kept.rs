//! What stays when a record is erased, and why.

use crate::networks::Operator;

/// Something that stays.
pub struct Kept {
    /// What.
    pub what: &'static str,
    /// Why, in words for whoever asks.
    pub why: &'static str,
}

/// Everything that stays: what `tests/house/leaving/tables.rs` finds in the tables after an erasure.
pub const fn kept(operator: Operator) -> [Kept; 11] {
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
            what: "照会の日時・相手の種類・開示の根拠、伝言板が使われた日時（件数を数えるためのもの）",
            why: FIGURES,
        },
        Kept {
            what: "ご近所などから知らせ（気づき）が届いた日時・届き方と、確認や訪問までの時間（件数を数えるためのもの）",
            why: FIGURES,
        },
        Kept {
            what: "相談を受けたセンターと月、受け付けの方法・内容の種類・年齢の区分（件数を数えるためのもの）",
            why: FIGURES,
        },
        Kept {
            what: "サービスなどを紹介した月と種類（紹介先の名前は残しません）",
            why: "紹介先にかたよりがなかったかを、数字で確かめるためです。どなたのことかはわかりません。",
        },
        Kept {
            what: "ご家族などといっしょに受けておられた支援の記録（お名前は消します）",
            why: "ほかの方への支援を続けるためです。担当の職員が読みなおし、いらないところを消します。",
        },
        Kept {
            what: "11けたのタグの番号と、いつ渡し、いつ無効にしたか",
            why: "同じ番号を、ほかの方に渡さないためです。どなたの番号だったかは残しません。",
        },
        Kept {
            what: "サポーターだった方の、会費と商店街の券の金額・日付、領収書の番号、カードの番号、講座に申し込んだ回数・来た回数（お名前は残しません）",
            why: "お金の計算があとから合うように、また同じ番号をほかの方に渡さないためです。どなたのことかはわかりません。",
        },
        Kept {
            what: "この手続きの種類と日付、確かめた職員（お申し出の方のお名前は残しません）",
            why: "職員2人で確かめて消去したことを、あとから確かめられるようにするためです。",
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

const FIGURES: &str = "町の見守りの様子を数字で報告するためです。どなたのことかはわかりません。";
