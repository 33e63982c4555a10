//! The letter to whoever asked: its content, apart from how it is printed.

use jiff::civil::Date;
use words::date::PartialDate;

use super::kept::kept;
use super::kind::{Kind, Term};
use super::leaving::{Leaving, State};
use crate::networks::Operator;

/// A letter.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// 「登録のとりやめのお知らせ」
    pub title: &'static str,
    /// Without 「様」; empty where it is written by hand, since nobody knows the name any more.
    pub addressee: String,
    /// The day it is written, in words.
    pub day: String,
    /// One after the other.
    pub paragraphs: Vec<String>,
    /// What stays, as a list under the paragraphs.
    pub items: Vec<String>,
    /// Who writes, line by line.
    pub sender: Vec<String>,
}

/// What a letter is made of beside the leaving.
pub struct Paper {
    /// The person's name; empty once the record is erased.
    pub name: String,
    /// The town's network.
    pub network: String,
    /// The center and its telephone, where there is one.
    pub center: Vec<String>,
    /// Whose law holds.
    pub operator: Operator,
    /// The town's term for the kind.
    pub term: Term,
    /// The day it is written.
    pub today: Date,
}

/// The letter of a leaving as it stands.
pub fn letter(leaving: &Leaving, paper: &Paper) -> Letter {
    let asker = leaving.asker.as_ref();
    let addressee = match asker.filter(|asker| !asker.name.is_empty()) {
        Some(asker) => asker.name.clone(),
        // A letter to somebody who died would be cruel, and nobody else is known by name.
        None if leaving.kind == Kind::Died => String::new(),
        None => paper.name.clone(),
    };
    let mut sender = vec![paper.network.clone()];
    sender.extend(paper.center.iter().cloned());
    let (title, paragraphs) = match leaving.state {
        State::Erased => ("情報の消去のお知らせ", erased(leaving)),
        State::Stopped => ("手続きのとりやめのお知らせ", stopped(leaving)),
        State::Waiting | State::Approved => (title(leaving.kind), waiting(leaving, paper)),
    };
    let stays = leaving.state != State::Stopped;
    let items = kept(paper.operator).into_iter().filter(|_| stays);
    Letter {
        title,
        addressee,
        day: said(paper.today),
        paragraphs,
        items: items
            .map(|one| format!("{}：{}", one.what, one.why))
            .collect(),
        sender,
    }
}

const fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::MovedAway => "転出にともなう登録の終わりのお知らせ",
        Kind::Died => "ご登録の終わりのお知らせ",
        Kind::Withdrawn => "登録のとりやめのお知らせ",
        Kind::Erasure => "情報の消去のお申し出を受け付けました",
    }
}

fn said(day: Date) -> String {
    PartialDate::from(day).both()
}

fn waiting(leaving: &Leaving, paper: &Paper) -> Vec<String> {
    let name = &paper.name;
    let (since, due) = (said(leaving.since), said(leaving.due));
    let begins = match leaving.kind {
        Kind::MovedAway => format!(
            "{name}様が{since}に転出されたとうかがいました。これまで見守りネットワークにご登録いただき、ありがとうございました。"
        ),
        Kind::Died => format!(
            "{name}様のご逝去の報に接し、謹んでお悔やみを申し上げます。これまで見守りネットワークにご登録いただき、ありがとうございました。"
        ),
        Kind::Withdrawn => format!(
            "{since}に、{name}様の登録をとりやめるお申し出をいただきました。これまでご登録いただき、ありがとうございました。"
        ),
        Kind::Erasure => format!(
            "{since}に、{name}様の情報を消してほしいとのお申し出をいただき、受け付けました。"
        ),
    };
    // Not "today": the letter may be printed again later.
    let ended = said(crate::clock::in_japan(leaving.asked_at).date());
    let stops = format!(
        "お持ちの見守りタグの番号は、{ended}から使えません。お手元のタグは、センターにお返しいただくか、番号が読めないようにしてお捨てください。"
    );
    let waits = format!(
        "登録いただいた情報は、{due}以降に、職員2人で確かめたうえで消去します。{}",
        paper.term.reason
    );
    let stays = "消去のあとも残るものと、その理由は次のとおりです。".to_owned();
    if leaving.kind == Kind::Died {
        // Nobody comes back, and the law on personal information is about the living.
        let asks = "お急ぎになることはありません。お気づきの点や、ご不明なことがありましたら、下の連絡先までお電話ください。";
        return vec![begins, stops, waits, asks.to_owned(), stays];
    }
    let stop = "それまでの間は、いつでもとりやめて、元の登録にもどすことができます。下の連絡先までお電話ください。";
    let law = format!("消去の根拠は、{}です。", Term::law(paper.operator));
    vec![begins, stops, waits, stop.to_owned(), law, stays]
}

fn erased(leaving: &Leaving) -> Vec<String> {
    let when = leaving
        .ended_at
        .map(|at| said(crate::clock::in_japan(at).date()));
    vec![
        format!(
            "お申し出などにより手続きを進めていた登録の情報を、{}に消去しました。",
            when.unwrap_or_default()
        ),
        "氏名、住所、電話番号、緊急連絡先、医療や介護の情報、写真、変更の履歴、照会のやりとりは、もうこのシステムにありません。バックアップから元にもどすことがあっても、もう一度消去されます。".to_owned(),
        format!("この消去の番号は {} です。お問い合わせのときは、この番号をお知らせください。お名前からは探せません。", leaving.person),
        "消去のあとも残るものと、その理由は次のとおりです。".to_owned(),
    ]
}

fn stopped(leaving: &Leaving) -> Vec<String> {
    vec![
        format!(
            "{}に承った手続き（{}）は、とりやめました。登録は元のとおりです。",
            said(leaving.since),
            leaving.kind.word()
        ),
        "見守りタグは、これまでと同じ番号でお使いいただけます。すでにお返しいただいた場合は、新しいタグをお渡ししますので、センターにお申し出ください。".to_owned(),
    ]
}
