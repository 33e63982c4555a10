//! 利用者基本情報: what the register has is shown, what it lacks is written here.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::gate::{Opened, admit, enter};
use super::parts::{self, Side, case_of, moment, who};
use super::typed::Typed;
use super::{back, path};
use crate::audit::Fields;
use crate::cases::acts;
use crate::cases::rules::{
    ADL, Access, Basics, Case, DEMENTIA, Entry, Illness, MOST_ILLNESSES, SITUATIONS,
};
use crate::cases::store;
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Kind, Problems};
use crate::front::{Asked, Place, Problem};
use crate::ids::{CaseId, PersonId};
use crate::people::Names;

/// The fields of a row of illnesses: name, label, the most characters.
const ILLNESS: [(&str, &str, usize); 6] = [
    ("since", "年月日", 30),
    ("name", "病名", 60),
    ("clinic", "医療機関・医師（意見書を書く医師に☆）", 80),
    ("phone", "電話", 30),
    ("course", "経過", 30),
    ("treatment", "治療中の場合は内容", 120),
];

/// The form with what is known.
pub async fn page(asked: Asked, Path(case): Path<String>) -> Result<Markup, Problem> {
    let fields = Fields::IDENTITY.and(Fields::CONTACTS).and(Fields::CARE);
    let opened = enter(&asked, case_of(&case)?, fields).await?;
    let mut conn = asked.read().await?;
    let kept = store::list_entries::<Basics>(&mut conn, &asked.deed, opened.case.id).await?;
    drop(conn);
    let kept = kept.into_iter().next();
    let typed = of(kept.as_ref());
    sheet(
        &asked,
        &opened,
        (&typed, &Problems::default()),
        kept.as_ref(),
    )
    .await
}

/// The form as it is kept.
fn of(kept: Option<&Entry<Basics>>) -> Typed {
    let version = kept.map_or(0, |kept| kept.version).to_string();
    let basics = kept.map(|kept| kept.body.clone()).unwrap_or_default();
    let mut typed = Typed::default().with("version", version);
    for (name, _, _, value) in basics.fields() {
        typed = typed.with(name, value);
    }
    for (at, illness) in basics.illnesses.iter().enumerate() {
        for (name, value) in illness_fields(illness) {
            typed = typed.with(&format!("illness{at}_{name}"), value);
        }
    }
    typed
}

fn illness_fields(one: &Illness) -> [(&'static str, &str); 6] {
    [
        ("since", &one.since),
        ("name", &one.name),
        ("clinic", &one.clinic),
        ("phone", &one.phone),
        ("course", &one.course),
        ("treatment", &one.treatment),
    ]
}

async fn sheet(
    asked: &Asked,
    opened: &Opened,
    (typed, problems): (&Typed, &Problems),
    kept: Option<&Entry<Basics>>,
) -> Result<Markup, Problem> {
    let names = Names::read_all(&mut asked.read().await?, &asked.deed).await?;
    let today = in_japan(asked.deed.now).date();
    let id = opened.case.id;
    let body = html! {
        (look::problem_summary(problems))
        (parts::head(opened, Side::Basics, &names, today))
        p { "氏名・生年月日・住所・電話・緊急連絡先・要介護認定・病歴は、登録者の記録から入ります。ここには、記録にないことを書きます。" }
        @if let Some(kept) = kept { p { small {
            "はじめに書いたのは" (who(&names, kept.made_by)) "（" (moment(kept.made_at)) "）"
            @if kept.staff.is_some() { "、最後に直したのは" (who(&names, kept.staff)) }
            "。"
        } } }
        @if !opened.people.is_empty() {
            (look::act(look::Weight::Secondary, "様式を印刷する（PDF）", "", &format!("/papers/cases/{id}/basics"), &[]))
        }
        (look::form(&format!("{}/basics", path(id)), html! {
            (look::hidden("version", typed.get("version")))
            div.beside { @for (name, label, most, _) in Basics::default().fields() { (one((name, label, most), (typed, problems))) } }
            @for at in 0..MOST_ILLNESSES { (illness(at, (typed, problems))) }
            (look::buttons("保存する", None))
        }))
    };
    asked.page(Place::Cases, &opened.case.name(), body)
}

/// One field, as a choice where the form has boxes to tick.
fn one((name, label, most): (&str, &str, usize), (typed, problems): (&Typed, &Problems)) -> Markup {
    let listed = |of: &'static [&'static str]| {
        let mut choices = vec![Choice::new("", "未確認")];
        choices.extend(of.iter().map(|code| Choice::new(code, code)));
        typed.select((name, label, ""), &choices, problems)
    };
    match name {
        "adl" => listed(&ADL),
        "dementia" => listed(&DEMENTIA),
        "way" => listed(&["来所", "電話", "その他"]),
        "again" => listed(&["初回", "再来"]),
        "situation" => {
            let mut choices = vec![Choice::new("", "未確認")];
            choices.extend(SITUATIONS.map(|(code, word)| Choice::new(code, word)));
            typed.select((name, label, ""), &choices, problems)
        }
        _ => {
            let kind = if most > 100 {
                Kind::Textarea
            } else {
                Kind::Text
            };
            typed.field((name, label, ""), kind, problems)
        }
    }
}

fn illness(at: usize, (typed, problems): (&Typed, &Problems)) -> Markup {
    let filled = ILLNESS
        .iter()
        .any(|(name, ..)| !typed.get(&format!("illness{at}_{name}")).is_empty());
    html! {
        details open[at == 0 || filled] { summary { "現病歴・既往歴 " (at + 1) }
            div.beside { @for (name, label, _) in ILLNESS {
                (typed.field((&format!("illness{at}_{name}"), label, ""), Kind::Text, problems))
            } }
        }
    }
}

fn read(typed: &Typed, problems: &mut Problems) -> Basics {
    let mut basics = Basics::default();
    for (name, _, most, _) in Basics::default().fields() {
        let words = typed.words(name, most, problems);
        if let Some(place) = basics.field(name) {
            *place = words;
        }
    }
    for at in 0..MOST_ILLNESSES {
        let mut line = |of: usize| {
            let (name, _, most) = ILLNESS[of];
            typed.line(&format!("illness{at}_{name}"), most, problems)
        };
        let illness = Illness {
            since: line(0),
            name: line(1),
            clinic: line(2),
            phone: line(3),
            course: line(4),
            treatment: line(5),
        };
        if !illness.is_empty() {
            basics.illnesses.push(illness);
        }
    }
    basics
}

/// Saves it, or gives the form back.
pub async fn save(
    asked: Asked,
    Path(case): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let basics = read(&typed, &mut problems);
    if !problems.is_empty() {
        let opened = enter(&asked, case.id, Fields::IDENTITY).await?;
        let page = sheet(&asked, &opened, (&typed, &problems), None).await?;
        return Err(Problem::Refused(page));
    }
    let version = typed.version();
    let done = acts::save_basics(asked.db(), &asked.deed, case.id, version, basics).await;
    let to = format!("{}/basics", path(case.id));
    back(&asked, &to, done.map(|()| "保存しました。"))
}

/// The form of a case as it is printed by the room of papers.
pub struct Written {
    /// The case.
    pub case: Case,
    /// The person in the first place.
    pub person: Option<PersonId>,
    /// Whether lines of the audit may name that person.
    pub names_person: bool,
    /// What was written.
    pub basics: Basics,
    /// By whom.
    pub made_by: String,
}

/// What the form of a case says, for whoever may see the case, after the line of the sight.
pub async fn written(asked: &Asked, id: CaseId) -> Result<Written, Problem> {
    let opened = enter(asked, id, Fields::IDENTITY).await?;
    let mut conn = asked.read().await?;
    let kept = store::list_entries::<Basics>(&mut conn, &asked.deed, id).await?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    let kept = kept.into_iter().next();
    let by = kept.as_ref().and_then(|kept| kept.staff.or(kept.made_by));
    Ok(Written {
        person: opened.people.first().map(|one| one.id),
        names_person: opened.case.access == Access::Center,
        made_by: by.map_or(String::new(), |by| who(&names, Some(by))),
        basics: kept.map(|kept| kept.body).unwrap_or_default(),
        case: opened.case,
    })
}
