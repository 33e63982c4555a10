//! Which lists there are, their columns, and how they are written. No database, no clock.

mod book;
mod format;
mod people;

pub use book::Book;
pub use format::{Format, Unwritable, cp932, csv_text, json_rows, unwritable};
pub use people::{head_of_people, row_of_person};

use crate::scope::Right;

/// A list that can be taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// 登録者
    People,
    /// 渡したタグ
    Tags,
    /// 更新
    Renewals,
    /// やること
    Tasks,
    /// 監査の記録
    Audit,
    /// 関係機関
    Organisations,
    /// センター
    Centers,
}

impl List {
    /// Every list, in the order of the page.
    pub const ALL: [List; 7] = [
        List::People,
        List::Tags,
        List::Renewals,
        List::Tasks,
        List::Audit,
        List::Organisations,
        List::Centers,
    ];

    /// The code that is sent, also the name of the file.
    pub const fn code(self) -> &'static str {
        match self {
            List::People => "people",
            List::Tags => "tags",
            List::Renewals => "renewals",
            List::Tasks => "tasks",
            List::Audit => "audit",
            List::Organisations => "organisations",
            List::Centers => "centers",
        }
    }

    /// The word that is shown.
    pub const fn word(self) -> &'static str {
        match self {
            List::People => "登録者（名簿の取り込みと同じ列）",
            List::Tags => "登録者に渡したタグ",
            List::Renewals => "更新の記録",
            List::Tasks => "やること（登録者に関するもの）",
            List::Audit => "監査の記録（くわしい言葉を除く）",
            List::Organisations => "関係機関",
            List::Centers => "センター",
        }
    }

    /// The list of a code.
    pub fn from_code(code: &str) -> Option<List> {
        List::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The right that taking it out needs.
    pub const fn right(self) -> Right {
        match self {
            List::People | List::Tags | List::Renewals | List::Tasks => Right::Export,
            List::Audit => Right::ReadAudit,
            List::Organisations | List::Centers => Right::ManageTown,
        }
    }

    /// Whether it names people, so that each of them is a line of the audit.
    pub const fn names_people(self) -> bool {
        matches!(
            self,
            List::People | List::Tags | List::Renewals | List::Tasks
        )
    }

    /// The head; `whole` for whoever may read records, else without what only the center knows.
    pub fn head(self, whole: bool) -> Vec<String> {
        let head: &[&str] = match self {
            List::People => return head_of_people(whole),
            List::Tags => &[
                "番号",
                "種類",
                "状態",
                "いつから",
                "タグのID",
                "氏名",
                "登録者のID",
            ],
            List::Renewals => &[
                "更新月",
                "状態",
                "たずねた日",
                "更新した日",
                "氏名",
                "登録者のID",
            ],
            List::Tasks => &[
                "期限",
                "種類",
                "状態",
                "内容",
                "くわしい内容",
                "氏名",
                "登録者のID",
            ],
            List::Audit => &[
                "番号",
                "いつ",
                "だれが（種類）",
                "だれが（ID）",
                "何をしたか",
                "だれの記録（ID）",
                "項目",
                "なぜ",
                "どこから",
            ],
            List::Organisations => &["名前", "種類", "電話番号", "状態", "ID"],
            List::Centers => &["名前", "住所", "昼の電話", "夜の電話", "状態", "ID"],
        };
        head.iter().map(|one| (*one).to_owned()).collect()
    }
}
