//! The form of a program: what it is called, where it belongs, what it may do.

use maud::{Markup, html};

use crate::exchange::systems::{Addresses, Grant, Grants, MOST_A_MINUTE, NewSystem, System};
use crate::front::look::{Choice, Field, Kind, Problems, checks, field, select};
use crate::front::{Asked, Problem};
use crate::networks;
use crate::scope::Role;
use crate::staff::{Account, Place};

/// Requests a minute that are offered: a program that asks once for each call needs far fewer.
const USUAL_RATE: i64 = 300;

/// Names and values as they came, in order.
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// An empty form.
    pub fn new() -> Typed {
        Typed(vec![("per_minute".to_owned(), USUAL_RATE.to_string())])
    }

    /// The form of a program as it is kept.
    pub fn of(account: &Account, system: &System) -> Typed {
        let mut fields = vec![
            ("name".to_owned(), account.card.name.clone()),
            ("addresses".to_owned(), system.addresses.text()),
            ("per_minute".to_owned(), system.per_minute.to_string()),
            ("version".to_owned(), system.version.to_string()),
        ];
        let grants = system.grants.0.iter();
        fields.extend(grants.map(|one| ("grants".to_owned(), one.code.to_owned())));
        Typed(fields)
    }

    /// What was typed into a field; empty where it did not come.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    }

    fn ticked(&self) -> Vec<&str> {
        let grants = self.0.iter().filter(|(field, _)| field == "grants");
        grants.map(|(_, value)| value.as_str()).collect()
    }
}

/// Where a program may belong: code, role and place, in words.
pub struct Choices(Vec<(String, Place, String)>);

impl Choices {
    /// The town's organisations that may look somebody up, its centers, and its night desk.
    pub async fn of(asked: &Asked) -> Result<Choices, Problem> {
        let mut conn = asked.read().await?;
        let organisations = networks::list_organisations(&mut conn, &asked.deed.scope).await?;
        let centers = networks::list_centers(&mut conn, &asked.deed.scope).await?;
        let place = |role| Place {
            role,
            center: None,
            organisation: None,
        };
        let partners = organisations
            .into_iter()
            .filter(|of| of.closed_at.is_none() && of.kind.may_look_up())
            .map(|of| {
                let organisation = Some(of.id);
                let place = Place {
                    organisation,
                    ..place(Role::Partner)
                };
                (
                    of.id.to_string(),
                    place,
                    format!("{}（{}）", of.name, of.kind.word()),
                )
            });
        let centers = centers
            .into_iter()
            .filter(|of| of.closed_at.is_none())
            .map(|of| {
                let center = Some(of.id);
                (
                    of.id.to_string(),
                    Place {
                        center,
                        ..place(Role::CenterStaff)
                    },
                    of.name,
                )
            });
        let night = (
            "night".to_owned(),
            place(Role::NightDesk),
            "夜間窓口".to_owned(),
        );
        Ok(Choices(partners.chain(centers).chain([night]).collect()))
    }

    /// The place of a code.
    pub fn place(&self, code: &str) -> Option<Place> {
        let found = self.0.iter().find(|(of, _, _)| of == code);
        found.map(|(_, place, _)| *place)
    }

    /// A place in words.
    pub fn word(&self, place: &Place) -> &str {
        let found = self.0.iter().find(|(_, of, _)| of == place);
        found.map_or("いまは一覧にない機関", |(_, _, word)| word)
    }
}

/// The fields; a program's place is chosen once.
pub fn fields(choices: &Choices, typed: &Typed, problems: &Problems, new: bool) -> Markup {
    let places: Vec<Choice<'_>> = [Choice::new("", "選んでください")]
        .into_iter()
        .chain(
            choices
                .0
                .iter()
                .map(|(code, _, word)| Choice::new(code, word)),
        )
        .collect();
    let grants = Grant::ALL.map(|one| Choice::new(one.code, one.words));
    let plain = |name, label, hint, kind| Field {
        name,
        label,
        hint,
        kind,
        value: typed.get(name),
        problem: problems.of(name),
        ..Field::default()
    };
    let must = |field| Field {
        required: true,
        ..field
    };
    html! {
        (field(&must(plain("name", "システムの名前", "記録にこの名前で残ります。例：みなみ総合病院 電子カルテ", Kind::Text))))
        @if new { (select(&must(plain("where", "どこのシステムか", "機関とセンターの一覧は「町の設定」で作ります。", Kind::Text)), &places)) }
        (checks(&plain("grants", "できること", "必要なものだけを選んでください。機関のシステムは、いちばん上の1つだけです。", Kind::Text), &grants, &typed.ticked()))
        (field(&plain("addresses", "接続元のアドレス", "1行に1つ。例：203.0.113.5、203.0.113.0/24。空けておくと、どこからでもつなげます。", Kind::Textarea)))
        (field(&must(plain("per_minute", "1分間の回数の上限", "ふつうは300で足ります。", Kind::Short))))
    }
}

/// Reads the form, with words beside what can't be read.
pub fn read(typed: &Typed) -> (Option<NewSystem>, Problems) {
    let mut problems = Problems::default();
    let name = typed.get("name").trim();
    if !(1..=60).contains(&name.chars().count()) {
        problems.add("name", "名前を60文字までで入れてください。");
    }
    let grants = Grants::read(typed.ticked().into_iter());
    if grants.0.is_empty() {
        problems.add("grants", "できることを、1つは選んでください。");
    }
    let addresses = Addresses::read(typed.get("addresses")).map_err(|line| {
        let words =
            format!("「{line}」はアドレスとして読めません。例：203.0.113.5、203.0.113.0/24");
        problems.add("addresses", words);
    });
    let rate = typed.get("per_minute").trim().parse().ok();
    let rate = rate.filter(|rate| (1..=MOST_A_MINUTE).contains(rate));
    if rate.is_none() {
        problems.add(
            "per_minute",
            format!("1から{MOST_A_MINUTE}までの数を入れてください。"),
        );
    }
    let new = addresses
        .ok()
        .zip(rate)
        .map(|(addresses, per_minute)| NewSystem {
            name: name.to_owned(),
            grants,
            addresses,
            per_minute,
        });
    (new, problems)
}

/// Says which grant the place does not allow.
pub fn check_grants(role: Role, grants: &Grants, problems: &mut Problems) {
    if let Some(grant) = grants.beyond(role) {
        let whose = match role {
            Role::Partner => "機関のシステムは、番号ともう1つのことでの照会だけができます",
            Role::NightDesk => "夜間窓口のシステムは、照会と検索だけができます",
            _ => "センターのシステムには許せない内容です",
        };
        problems.add(
            "grants",
            format!("「{}」は選べません。{whose}。", grant.words),
        );
    }
}
