//! On what a hand-over stands: which consent, whether it is to whoever receives, or why without.

use jiff::civil::Date;
use maud::{Markup, html};

use super::parts::choices;
use super::typed::Typed;
use crate::cases::rules::{Consent, Entry, Given, Purpose, Receiver, Refusal, stands_on};
use crate::front::look::{self, Choice, Kind, Problems};

const MOST: usize = 2_000;

/// Ids and names.
type Named = [(String, String)];

/// Which of the two forms that give something out of the center.
#[derive(Clone, Copy)]
pub enum Giving {
    /// To another center.
    Transfer,
    /// To an organisation.
    Referral,
}

impl Giving {
    const fn purpose(self) -> Purpose {
        match self {
            Giving::Transfer => Purpose::Transfer,
            Giving::Referral => Purpose::Referral,
        }
    }

    fn field(self, name: &str) -> String {
        let form = match self {
            Giving::Transfer => "transfer",
            Giving::Referral => "refer",
        };
        format!("{form}_{name}")
    }

    /// To whom it was about to go: an id, or the name that was typed.
    fn receiver(self, typed: &Typed) -> &str {
        let chosen = typed.get(match self {
            Giving::Transfer => "center",
            Giving::Referral => "organisation",
        });
        match chosen.is_empty() {
            true => typed.get("refer_to"),
            false => chosen,
        }
    }
}

/// What a tick says is the same: this consent's receiver and this one. Another choice afterwards
/// makes the tick void.
fn same(giving: Giving, typed: &Typed) -> String {
    let consent = typed.get(&giving.field("consent"));
    format!("{consent} {}", giving.receiver(typed))
}

/// What was handed in.
pub fn given(giving: Giving, typed: &Typed, problems: &mut Problems) -> Given {
    Given {
        consent: typed.id(&giving.field("consent")),
        same: typed.get(&giving.field("same")) == same(giving, typed),
        without: typed.words(&giving.field("without"), MOST, problems),
    }
}

/// Writes a refusal beside the field that mends it; whether it was one of these.
pub fn refused(giving: Giving, refusal: &Refusal, problems: &mut Problems) -> bool {
    let (field, words) = match refusal {
        Refusal::NoConsent => (
            "consent",
            "有効な同意が選ばれていません。先に同意をいただいて、上の「同意」に記録してください。",
        ),
        Refusal::NotMoved => (
            "consent",
            "ご本人の住所は、まだ引き継ぎ先の担当区域ではありません。転居がすんでいれば、先に登録の住所を直してください。これからのときや、担当センターを手で選んだときは、同意をいただいて、上の「同意」に記録してください。",
        ),
        Refusal::OtherReceiver => (
            "consent",
            "この同意は、ほかの相手に伝えるためのものです。渡す相手への同意をいただいて、上の「同意」に記録してください。",
        ),
        Refusal::SameReceiver => (
            "same",
            "同意にある相手と、渡す相手の書きかたがちがいます。同じ相手かどうかを確かめて、同じなら印を付けてください。",
        ),
        Refusal::NoRight(_) => (
            "without",
            "同意のないまま進められるのは、センター長だけです。センター長にご相談ください。",
        ),
        _ => return false,
    };
    problems.add(giving.field(field), words);
    true
}

/// The fields.
pub fn form(
    giving: Giving,
    (consents, receivers): (&[Entry<Consent>], &Named),
    (today, may_override): (Date, bool),
    (typed, problems): (&Typed, &Problems),
) -> Markup {
    let fits: Vec<(String, String)> = consents
        .iter()
        .filter(|one| stands_on(one, giving.purpose(), today))
        .map(|one| {
            let words = format!("{}（{}、{}）", one.body.to, one.body.by, one.body.given_on);
            (one.id.to_string(), words)
        })
        .collect();
    let (consent, without) = (giving.field("consent"), giving.field("without"));
    html! {
        (typed.select((&consent, "どの同意によりますか", ""), &choices("同意なし", &fits), problems))
        (ask_same(giving, (consents, receivers), (typed, problems)))
        @if may_override {
            (typed.field((&without, "同意なしで進める理由（センター長）",
                "命や体を守るため、虐待の通報、明らかにご本人のためになるときなど、法令のどの場合にあたるかを書きます。記録に残ります。"),
                Kind::Textarea, problems))
        } @else if let Some(problem) = problems.of(&without) { p.problem { (problem.text) } }
    }
}

/// Both names side by side, once it is not plain that they are one.
fn ask_same(
    giving: Giving,
    (consents, receivers): (&[Entry<Consent>], &Named),
    (typed, problems): (&Typed, &Problems),
) -> Markup {
    let field = giving.field("same");
    if problems.of(&field).is_none() {
        return html! {};
    }
    let chosen = typed.get(&giving.field("consent"));
    let consent = consents.iter().find(|one| one.id.to_string() == chosen);
    let to = giving.receiver(typed);
    let known = receivers.iter().find(|(id, _)| id == to);
    let to = known.map_or(to, |(_, name)| name);
    let words = format!(
        "同意にある「{}」と、渡す相手の「{to}」は、同じ相手です",
        consent.map_or("", |one| one.body.to.as_str())
    );
    let value = same(giving, typed);
    let asked = typed.plain((&field, "相手の確認", ""), Kind::Text, problems);
    look::checks(&asked, &[Choice::new(&value, &words)], &[])
}

/// A receiver as a choice of a list.
pub fn code(receiver: Receiver) -> String {
    match receiver {
        Receiver::Center(id) => format!("center:{id}"),
        Receiver::Organisation(id) => format!("organisation:{id}"),
    }
}

/// The choice that came back; nothing where none of the list was chosen.
pub fn receiver(text: &str) -> Option<Receiver> {
    match text.split_once(':')? {
        ("center", id) => id.parse().ok().map(Receiver::Center),
        ("organisation", id) => id.parse().ok().map(Receiver::Organisation),
        _ => None,
    }
}
