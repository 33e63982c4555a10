//! Which lists there are, their columns, and who may take them out.

use super::people::head_of_people;
use crate::scope::{Right, Rights};

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident $code:literal $word:literal [$($head:literal),* $(,)?]),* $(,)?) => {
        /// A list that can be taken out.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum List { $($(#[$doc])* $name),* }

        impl List {
            /// Every list, in the order of the page.
            pub const ALL: &[List] = &[$(List::$name),*];

            /// The code that is sent, also the name of the file.
            pub const fn code(self) -> &'static str {
                match self { $(List::$name => $code),* }
            }

            /// The word that is shown.
            pub const fn word(self) -> &'static str {
                match self { $(List::$name => $word),* }
            }

            /// The headings of its columns; of people they follow from what the account may read.
            pub const fn columns(self) -> &'static [&'static str] {
                match self { $(List::$name => &[$($head),*]),* }
            }
        }
    };
}

lists! {
    /// 登録者
    People "people" "登録者" [],
    /// 渡したタグ
    Tags "tags" "登録者に渡したタグ" [
        "番号", "種類", "状態", "いつから", "タグのID", "氏名", "生年月日", "登録者のID",
    ],
    /// 更新
    Renewals "renewals" "更新の記録" [
        "更新月", "状態", "たずねた日", "たずね方", "更新した日", "氏名", "生年月日", "登録者のID",
    ],
    /// やること
    Tasks "tasks" "やること" [
        "期限", "種類", "状態", "内容", "くわしい内容", "担当センター", "氏名", "生年月日",
        "登録者のID", "やることのID",
    ],
    /// 同じ方かもしれない記録
    Twins "twins" "同じ方かもしれない記録" [
        "状態", "合計", "氏名（1）", "生年月日（1）", "登録者のID（1）", "氏名（2）", "生年月日（2）",
        "登録者のID（2）", "理由",
    ],
    /// 転出・消去の予定
    Leavings "leavings" "転出・消去の予定" [
        "手続き", "状態", "起きた日・申し出の日", "消去の日", "氏名", "生年月日", "登録者のID",
    ],
    /// 照会
    Inquiries "inquiries" "照会（医療情報を除く）" [
        "受付の日時", "届いた道", "相手の種類", "相手の機関", "相手の氏名", "折り返しの番号",
        "いまいる場所", "何があったか", "状態", "受け付けた職員", "ご本人のいる場所",
        "終わった日時", "担当センター", "照会のID",
    ],
    /// 気づき
    Notices "notices" "気づき" [
        "届いた日時", "届き方", "気づいたこと", "場所", "急ぎ", "状態", "結果", "期限", "終わった日時",
        "担当センター", "気づきのID",
    ],
    /// 総合相談
    Consultations "consultations" "総合相談の受付" [
        "受付の日時", "担当センター", "だれのこと", "方法", "だれから", "内容", "急ぎ", "状態",
        "次の予定", "受けた職員", "登録者のID", "相談のID",
    ],
    /// 支援
    Cases "cases" "支援" [
        "番号", "どなた", "担当", "副担当", "状態", "見られる範囲", "始まり", "終わり", "最後の連絡",
        "担当センター", "支援のID",
    ],
    /// つなぎ
    Paths "paths" "つなぎ" [
        "つなぎ", "状態", "始めた日", "次の段階", "期限", "終わった日", "氏名", "生年月日", "登録者のID",
        "つなぎのID",
    ],
    /// ステーションのサポーター
    Supporters "supporters" "ステーションのサポーター" [
        "名前", "よみ", "電話", "メール", "連絡の方法", "連絡のメモ", "生まれた年", "好きなこと",
        "できること", "できることのメモ", "カードの名前", "メモ", "入会・退会", "登録者と分かったわけ",
        "登録者の氏名", "登録者の生年月日", "登録者のID", "今年度の会費", "カードの番号", "サポーターのID",
    ],
    /// 講座
    Courses "courses" "ステーションの講座" [
        "講座", "よみ", "いつ", "時間", "会場", "定員", "参加費", "持ち物", "内容", "だれが来られるか",
        "申し込み", "主催", "講師", "始まり", "予定の終わり", "終了した日", "案内にのせる", "メモ",
        "講座のID",
    ],
    /// 講座の日
    Days "days" "講座の日" [
        "日", "時間", "講座", "会場", "定員", "状態", "中止のわけ", "はじめの日", "講座のID", "日のID",
    ],
    /// 会場
    Places "places" "講座の会場" ["会場", "住所", "行き方", "入れる人数", "会場のID"],
    /// 申し込み
    Signups "signups" "講座の申し込み" [
        "日", "講座", "受付番号", "名前", "電話", "状態", "返事の期限", "メモ", "サポーターのID",
        "日のID",
    ],
    /// 来た方
    Attendances "attendances" "講座に来た方" [
        "日", "講座", "名前", "役割", "受付の方法", "来た時刻", "帰った時刻", "サポーターのID", "日のID",
    ],
    /// 商店街の券
    Vouchers "vouchers" "商店街の券" [
        "日", "種類", "金額", "サポーター", "お店", "講座", "役割", "取り消したわけ", "書いた職員",
        "サポーターのID", "券のID",
    ],
    /// 様子の記録
    Observations "observations" "様子の記録（ステーション）" [
        "見た日", "だれのこと", "気になったこと", "くわしく", "講座", "状態", "書いた職員", "記録のID",
    ],
    /// 感想
    Voices "voices" "講座の感想" ["日", "講座", "感想", "ひとこと"],
    /// 見守り協定の事業者
    Agreements "agreements" "見守り協定の事業者" [
        "名前", "業種", "担当の方", "電話", "メール", "郵便番号", "住所", "協定の始まり", "協定の期限",
        "研修の日", "状態", "ID",
    ],
    /// 関係機関
    Organisations "organisations" "関係機関" ["名前", "種類", "電話番号", "状態", "ID"],
    /// センター
    Centers "centers" "センター" ["名前", "住所", "昼の電話", "夜の電話", "状態", "ID"],
    /// 職員
    Staff "staff" "職員（合言葉などを除く）" [
        "名前", "役割", "所属", "メールアドレス", "二段階認証", "状態", "いつから", "いつまで", "職員のID",
    ],
    /// タグの番号の注文
    Batches "batches" "タグの番号の注文" [
        "注文の日時", "注文の数", "できた数", "製作の一覧を受け取った日時", "注文のID",
    ],
    /// 監査の記録
    Audit "audit" "監査の記録（くわしい言葉を除く）" [
        "番号", "いつ", "だれが（種類）", "だれが（ID）", "何をしたか", "だれの記録（ID）", "項目", "なぜ",
        "どこから",
    ],
}

impl List {
    /// The list of a code.
    pub fn from_code(code: &str) -> Option<List> {
        List::ALL.iter().copied().find(|one| one.code() == code)
    }

    /// Whether an account with these rights may take it out: it may export, and may read the page on
    /// which the list stands. What names nobody is for whoever keeps it.
    pub fn is_for(self, rights: Rights) -> bool {
        let page: &[Right] = match self {
            List::Audit => return rights.has(Right::ReadAudit),
            List::Organisations | List::Centers => return rights.has(Right::ManageTown),
            List::Staff => return rights.has(Right::ManageStaff),
            List::People => &[Right::Export],
            List::Tags | List::Renewals => &[Right::ReadPeople],
            List::Tasks => &[Right::Tasks],
            List::Twins | List::Leavings => &[Right::EditPeople],
            List::Inquiries => &[Right::Desk],
            List::Notices => &[Right::Triage],
            List::Consultations | List::Cases | List::Paths => &[Right::Support],
            List::Supporters | List::Vouchers => &[Right::Supporters],
            List::Courses | List::Days | List::Places | List::Signups | List::Voices => {
                &[Right::Courses]
            }
            List::Attendances => &[Right::Door],
            List::Observations => &[Right::Watch],
            List::Agreements => &[Right::ManageTown, Right::Lead],
            List::Batches => &[Right::OrderTags],
        };
        rights.has(Right::Export) && page.iter().any(|right| rights.has(*right))
    }

    /// Whether it says of somebody what they themselves may not know that somebody told: their own line
    /// says why the list was taken out, and not which list it is.
    pub const fn is_told_in_silence(self) -> bool {
        matches!(self, List::Notices | List::Cases | List::Observations)
    }

    /// The head; `whole` for whoever may read records, else without what only the center knows.
    pub fn head(self, whole: bool) -> Vec<String> {
        match self {
            List::People => head_of_people(whole),
            other => other
                .columns()
                .iter()
                .map(|one| (*one).to_owned())
                .collect(),
        }
    }
}
