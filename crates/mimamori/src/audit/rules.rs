//! What a line says.

use std::fmt;

use crate::ids::{CaseId, InquiryId, PersonId, TaskId};

macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident $code:literal $word:literal),* $(,)?) => {
        /// What was done; the code is kept, the word is shown.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Verb { $($(#[$doc])* $name),* }

        /// Every verb, in the order in which pages list them.
        pub const VERBS: &[Verb] = &[$(Verb::$name),*];

        impl Verb {
            /// The code kept in the line.
            pub const fn code(self) -> &'static str {
                match self { $(Verb::$name => $code),* }
            }

            /// The word shown to people.
            pub const fn word(self) -> &'static str {
                match self { $(Verb::$name => $word),* }
            }
        }
    };
}

verbs! {
    /// A number was looked up and somebody was found.
    LookedUp "looked_up" "番号の照会",
    /// A number was looked up and nobody was found.
    LookedUpNobody "looked_up_nobody" "番号の照会（該当なし）",
    /// A group of fields was opened for a caller.
    Disclosed "disclosed" "開示",
    /// A record was seen.
    Saw "saw" "閲覧",
    /// People were searched for.
    Searched "searched" "検索",
    /// A person was registered.
    Registered "registered" "登録",
    /// A record was changed.
    Changed "changed" "変更",
    /// Somebody moved away, died, withdrew or wishes to be erased; or that was taken back.
    Left "left" "転出・死亡・とりやめ",
    /// A record was erased.
    Erased "erased" "消去",
    /// Two records of one person became one.
    Merged "merged" "記録の統合",
    /// A merge was undone.
    Parted "parted" "統合の取り消し",
    /// Consent was given or withdrawn.
    Consented "consented" "同意の記録",
    /// A number was bound to a person.
    TagBound "tag_bound" "タグの交付",
    /// A tag was lost, found, replaced, returned or made void.
    TagChanged "tag_changed" "タグの変更",
    /// Numbers were ordered in a batch, or the list for the maker was taken.
    TagsOrdered "tags_ordered" "番号の発行",
    /// A contact was called.
    Called "called" "緊急連絡先への電話",
    /// Mail was sent.
    Mailed "mailed" "メール送信",
    /// What happened in an inquiry was written down.
    Noted "noted" "照会の記録",
    /// An inquiry was closed.
    Closed "closed" "照会の完了",
    /// An inquiry was handed over, or taken.
    HandedOver "handed_over" "引き継ぎ",
    /// A task was done, moved or handed on.
    TaskChanged "task_changed" "やることの変更",
    /// A consultation was taken, corrected, struck out or tied to a record.
    Consulted "consulted" "相談の記録",
    /// A yearly renewal was asked for, gone through, or climbed a step.
    Renewal "renewal" "更新の記録",
    /// Somebody told of something, or it was looked into.
    Noticed "noticed" "気づきの記録",
    /// A case was opened, written in, closed or opened again.
    CaseChanged "case_changed" "支援の記録",
    /// A case was given to somebody, or offered, taken, declined or called back.
    CaseHandedOver "case_handed_over" "支援の引き継ぎ",
    /// A case was handed over without the consent that it needs.
    ConsentOverridden "consent_overridden" "同意のない引き継ぎ",
    /// A roster was brought in.
    Imported "imported" "名簿の取り込み",
    /// A course was planned, changed, moved, called off or ended; a place or a closure was kept.
    CourseChanged "course_changed" "講座の変更",
    /// A supporter joined, was changed or left; a card, a fee or a voucher was written down.
    SupporterChanged "supporter_changed" "サポーターの記録",
    /// Somebody signed up for a course, or a sign-up was changed.
    SignedUp "signed_up" "講座の申し込み",
    /// Somebody was written down at the door of a course, or that was taken back.
    CheckedIn "checked_in" "講座の受付",
    /// People were taken out as a file.
    Exported "exported" "書き出し",
    /// Somebody's data were printed on a paper.
    Printed "printed" "印刷",
    /// Somebody signed in.
    SignedIn "signed_in" "ログイン",
    /// A log-in was refused.
    SignInRefused "sign_in_refused" "ログインの拒否",
    /// Somebody signed out, or a session was ended.
    SignedOut "signed_out" "ログアウト",
    /// An account was invited, changed or suspended.
    StaffChanged "staff_changed" "職員の変更",
    /// The town, a center or a setting was changed.
    TownChanged "town_changed" "設定の変更",
    /// Keys were made, rotated or retired.
    KeysChanged "keys_changed" "鍵の変更",
    /// Somebody read the audit itself.
    AuditRead "audit_read" "記録の閲覧",
    /// A view that nothing explains was gone through, asked about or answered.
    Questioned "questioned" "閲覧の確認",
    /// Guessing was stopped.
    Slowed "slowed" "照会の制限",
}

impl Verb {
    /// The verb of a code.
    pub fn from_code(code: &str) -> Option<Verb> {
        VERBS.iter().copied().find(|verb| verb.code() == code)
    }
}

/// A set of groups of fields of a person's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fields(pub i64);

impl Fields {
    /// No personal field.
    pub const NOTHING: Fields = Fields(0);
    /// Name, sex, birth date, address, phones, living situation.
    pub const IDENTITY: Fields = Fields(1);
    /// Emergency contacts.
    pub const CONTACTS: Fields = Fields(2);
    /// Clinics, illnesses, drugs, allergies.
    pub const MEDICAL: Fields = Fields(4);
    /// Care level, care manager, center's notes.
    pub const CARE: Fields = Fields(8);
    /// What the family wrote for a finder.
    pub const FINDER: Fields = Fields(16);
    /// The face.
    pub const PHOTO: Fields = Fields(32);
    /// Consent.
    pub const CONSENT: Fields = Fields(64);
    /// Who changed what.
    pub const HISTORY: Fields = Fields(128);
    /// Tag numbers.
    pub const TAGS: Fields = Fields(256);
    /// What was said in consultations.
    pub const CONSULTATIONS: Fields = Fields(512);

    const WORDS: [(Fields, &'static str); 10] = [
        (Fields::IDENTITY, "基本情報"),
        (Fields::CONTACTS, "緊急連絡先"),
        (Fields::MEDICAL, "医療情報"),
        (Fields::CARE, "介護情報"),
        (Fields::FINDER, "発見時の注意"),
        (Fields::PHOTO, "顔写真"),
        (Fields::CONSENT, "同意"),
        (Fields::HISTORY, "変更の履歴"),
        (Fields::TAGS, "タグ番号"),
        (Fields::CONSULTATIONS, "相談"),
    ];

    /// Both sets together.
    pub const fn and(self, other: Fields) -> Fields {
        Fields(self.0 | other.0)
    }

    /// Whether every group of `other` is in this set.
    pub const fn has(self, other: Fields) -> bool {
        self.0 & other.0 == other.0
    }
}

impl fmt::Display for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = Fields::WORDS.iter().filter(|(group, _)| self.has(*group));
        let mut between = "";
        for (_, word) in words {
            write!(f, "{between}{word}")?;
            between = "・";
        }
        Ok(())
    }
}

/// Why: the task, the inquiry, the legal basis, or the everyday work of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The everyday work of the center.
    Work,
    /// Dated work.
    Task(TaskId),
    /// Support of somebody.
    Case(CaseId),
    /// A call to the desk.
    Inquiry(InquiryId),
    /// A call to the desk, with the code of the legal basis.
    Basis(InquiryId, String),
}

impl Why {
    /// The text kept in the line.
    pub fn text(&self) -> String {
        match self {
            Why::Work => "work".to_owned(),
            Why::Task(task) => format!("task:{task}"),
            Why::Case(case) => format!("case:{case}"),
            Why::Inquiry(inquiry) => format!("inquiry:{inquiry}"),
            Why::Basis(inquiry, basis) => format!("inquiry:{inquiry}:{basis}"),
        }
    }
}

/// What a deed hands in; who, when and from where follow from the deed.
#[derive(Debug, Clone)]
pub struct Line {
    /// What was done.
    pub verb: Verb,
    /// Whose record, where one person's was touched.
    pub whose: Option<PersonId>,
    /// Which groups of fields.
    pub fields: Fields,
    /// Why.
    pub why: Why,
    /// Anything more, in words; kept sealed since it may name people.
    pub detail: String,
}

impl Line {
    /// A line about the everyday work, without detail.
    pub fn new(verb: Verb, whose: Option<PersonId>, fields: Fields) -> Line {
        Line {
            verb,
            whose,
            fields,
            why: Why::Work,
            detail: String::new(),
        }
    }

    /// The same line with its reason.
    pub fn because(self, why: Why) -> Line {
        Line { why, ..self }
    }

    /// The same line with more words.
    pub fn saying(self, detail: impl Into<String>) -> Line {
        Line {
            detail: detail.into(),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_verbs_are_distinct_and_come_back() {
        for verb in VERBS {
            assert_eq!(Verb::from_code(verb.code()), Some(*verb));
        }
    }

    #[test]
    fn groups_are_named_in_order() {
        let fields = Fields::MEDICAL.and(Fields::IDENTITY);
        assert_eq!(fields.to_string(), "基本情報・医療情報");
        assert!(!fields.has(Fields::CARE));
    }
}
