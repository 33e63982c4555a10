//! Every operation: what it is for, what goes in, what comes out.

/// What belongs together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// 接続
    Connection,
    /// 照会（関係機関）
    Lookup,
    /// 照会窓口
    Desk,
    /// 登録者
    People,
    /// タグ
    Tags,
    /// 更新
    Renewals,
    /// やること
    Tasks,
}

impl Group {
    /// Every group, in the order of the guide.
    pub const ALL: [Group; 7] = [
        Group::Connection,
        Group::Lookup,
        Group::Desk,
        Group::People,
        Group::Tags,
        Group::Renewals,
        Group::Tasks,
    ];

    /// The word that is shown.
    pub const fn word(self) -> &'static str {
        match self {
            Group::Connection => "接続",
            Group::Lookup => "照会（病院・消防・警察）",
            Group::Desk => "照会窓口",
            Group::People => "登録者",
            Group::Tags => "タグ",
            Group::Renewals => "更新",
            Group::Tasks => "やること",
        }
    }
}

/// An answer that is no refusal.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The shape of the body; empty for none.
    pub shape: &'static str,
    /// When it comes.
    pub words: &'static str,
    /// Whether it says its version.
    pub etag: bool,
}

/// One operation.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// `GET`, `POST`, `PUT`.
    pub method: &'static str,
    /// The path.
    pub path: &'static str,
    /// Its name.
    pub id: &'static str,
    /// What it belongs to.
    pub group: Group,
    /// What it does.
    pub summary: &'static str,
    /// The grant it needs; empty for none.
    pub grant: &'static str,
    /// What else to know.
    pub more: &'static str,
    /// The shape of the body.
    pub body: Option<&'static str>,
    /// Whether it changes a version that was read.
    pub upon_version: bool,
    /// Yes-or-no parameters behind the `?`.
    pub flags: &'static [(&'static str, &'static str)],
    /// What comes out.
    pub answers: &'static [Answer],
    /// Whether the state of things may forbid it.
    pub may_conflict: bool,
}

impl Operation {
    /// The grant, and what else to know.
    pub fn words(&self) -> String {
        match self.grant {
            "" => self.more.to_owned(),
            grant => format!("必要な許可：{grant}。{}", self.more),
        }
    }

    /// The statuses of refusals that may come.
    pub fn refusals(&self) -> Vec<u16> {
        let mut all = vec![401, 403, 408, 429, 500];
        if self.path.contains('{') {
            all.push(404);
        }
        if self.body.is_some() {
            all.extend([400, 413, 415, 422]);
        }
        if !self.flags.is_empty() {
            all.push(400);
        }
        if self.upon_version {
            all.extend([412, 428]);
        }
        if self.may_conflict {
            all.extend([409, 412]);
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}
