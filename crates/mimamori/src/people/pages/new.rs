//! Registering somebody at the counter.

use axum::Form;
use axum::response::Redirect;
use jiff::civil::Date;
use maud::{Markup, html};

use super::FromAbove;
use super::edit::how_field;
use super::forms::{Sheet, rearranged};
use super::gate::Stop;
use super::names::Names;
use super::said;
use super::typed::{Reader, Typed, plain};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Head, Kind, Link, Problems, Tone, Weight};
use crate::front::{Asked, Place, Problem};
use crate::ids::PersonId;
use crate::people::import;
use crate::people::pages::forms::read_identity;
use crate::people::rules::{Confirmed, Consent, Contacts, Draft, Identity, MOST_CONTACTS, Way};
use crate::people::store;
use crate::people::twins::{self, Likely};

const TITLE: &str = "登録者を加える";

/// The empty form.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let mut typed = Typed::default();
    Contacts::default().fill(&mut typed);
    Consent::default().fill(&mut typed);
    sheet(&asked, &typed, &Problems::default())
}

/// Whether the center meets the person for the first time ever.
const FIRST: &str = "first";

/// Sent once the notice that somebody like this was erased has been read.
const AGAIN: &str = "again";

/// Registers, or gives the form back.
pub async fn save(
    asked: Asked,
    Form(typed): Form<Typed>,
    above: FromAbove,
) -> Result<Redirect, Stop> {
    if let Some(moved) = rearranged(&typed, "c", MOST_CONTACTS) {
        let page = sheet(&asked, &moved, &Problems::default())?;
        return Err(Stop::Again(page));
    }
    let mut reader = Reader::new(&typed);
    let today = in_japan(asked.deed.now).date();
    let draft = match read(&mut reader, &asked, today) {
        Some(draft) if reader.problems.is_empty() => draft,
        _ => return Err(Problem::Refused(sheet(&asked, &typed, &reader.problems)?).into()),
    };
    let traces = [import::traces(&draft.identity)];
    let like = (above.erased)(&mut asked.read().await?, &asked.deed, &traces).await?;
    if let Some(on) = like.into_iter().flatten().next()
        && typed.get(AGAIN).is_empty()
    {
        return Err(Problem::Refused(warned(&asked, &typed, on)?).into());
    }
    let apart = told_apart(&typed);
    let (identity, contacts) = (&draft.identity, &draft.contacts);
    let likely = twins::see_likely(asked.db(), &asked.deed, identity, contacts).await?;
    if likely.iter().any(|one| !apart.contains(&one.id)) {
        return Err(Problem::Refused(ask(&asked, &typed, &likely).await?).into());
    }
    let apart = likely.iter().map(|one| one.id).collect();
    let mut reader = Reader::new(&typed);
    let reason = reader.line("apart_reason", 200);
    let met = (typed.get(FIRST) == "yes").then_some(above.met);
    let id = twins::register_apart(asked.db(), &asked.deed, draft, apart, reason, met).await?;
    Ok(Redirect::to(&format!("/people/{id}?done=registered")))
}

fn read(reader: &mut Reader<'_>, asked: &Asked, today: Date) -> Option<Draft> {
    let identity = read_identity(reader, today);
    let contacts = Contacts::read(reader, &Contacts::default(), today);
    let consent = Consent::read(reader, &Consent::default(), today);
    let way = Way::from_code(reader.get("how"));
    let by = asked.deed.scope.actor.account();
    Some(Draft {
        contacts: contacts?,
        consent: consent?,
        confirmed: way.map(|way| Confirmed { on: today, way, by }),
        ..Draft::new(identity?, today)
    })
}

/// The form again, with the word that somebody of this name and birth date was erased.
fn warned(asked: &Asked, typed: &Typed, on: Date) -> Result<Markup, Problem> {
    let words = html! {
        p { "氏名（またはフリガナ）と生年月日が同じ方の記録が、" (said::day(on)) "に消去されています。ご本人があらためて登録を望んでいるかを、確かめてください。" }
        p { "確かめたら、もう一度「登録する」を押してください。消去された内容はもどりません。" }
    };
    let notice = look::notice(Tone::Warning, "前に消去された方かもしれません", words);
    let end = html! {
        (look::hidden(AGAIN, "yes"))
        (look::buttons("登録する", Some(Link::new("やめる", "/people"))))
    };
    whole(asked, typed, &Problems::default(), notice, end)
}

/// Of whom it was said that they are somebody else.
fn told_apart(typed: &Typed) -> Vec<PersonId> {
    let said = typed.0.iter().filter(|(name, _)| name == "apart");
    said.filter_map(|(_, id)| id.parse().ok()).collect()
}

/// The form again, with whoever may be the same person above it.
async fn ask(asked: &Asked, typed: &Typed, likely: &[Likely]) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let names = Names::read(&mut conn, &asked.deed).await?;
    let mut rows = Vec::new();
    for one in likely {
        let standing = store::find_standing(&mut conn, &asked.deed, one.id).await?;
        let center = standing.and_then(|standing| standing.center);
        rows.push(vec![
            html! { a href={ "/people/" (one.id) } { (one.identity.name) } br; small { (one.identity.kana()) } },
            said::born(&one.identity.born, in_japan(asked.deed.now).date()),
            html! { (names.center(center)) },
            html! { (one.likeness.reasons().join("・")) },
            html! { (twins::shown(one.likeness.sum())) },
        ]);
    }
    let head = ["登録ずみの方", "生年月日", "センター", "くらべた結果"].map(Head::new);
    let head: Vec<Head<'_>> = head.into_iter().chain([Head::figures("合計")]).collect();
    let above = html! {
        (look::notice(Tone::Warning, "この方ではありませんか", html! {
            p { "入力した内容とよく似た方が、すでに登録されています。まだ登録していません。" }
            p { "同じ方なら、その記録をひらいて、変わったところを直してください。別の方なら、下の「別の人として登録する」をおしてください。" }
        }))
        (look::table("よく似た方", &head, &rows))
    };
    let apart = html! {
        @if !typed.get(AGAIN).is_empty() { (look::hidden(AGAIN, "yes")) }
        @for one in likely { (look::hidden("apart", &one.id.to_string())) }
        (look::field(&Field {
            name: "apart_reason",
            label: "別の人とわかった理由",
            hint: "例：双子の姉妹。空けておくこともできます。",
            kind: Kind::Long,
            ..Field::default()
        }))
        (look::buttons("別の人として登録する", Some(Link::new("やめる", "/people"))))
    };
    let none = Problems::default();
    whole(asked, typed, &none, above, apart)
}

fn sheet(asked: &Asked, typed: &Typed, problems: &Problems) -> Result<Markup, Problem> {
    let end = look::buttons("登録する", Some(Link::new("やめる", "/people")));
    whole(asked, typed, problems, html! {}, end)
}

fn whole(
    asked: &Asked,
    typed: &Typed,
    problems: &Problems,
    above: Markup,
    end: Markup,
) -> Result<Markup, Problem> {
    let body = html! {
        (look::problem_summary(problems))
        (above)
        p { "医療・介護・発見時の注意・写真は、登録したあとの画面で加えます。" }
        (look::form("/people/new", html! {
            // Enter in a field presses a form's first button; it has to be this one.
            button.unseen type="submit" name="do" value="save" tabindex="-1" aria-hidden="true" { "登録する" }
            h2 { "基本情報" }
            (Identity::fields(typed, problems))
            h2 { "緊急連絡先" }
            (Contacts::fields(typed, problems))
            h2 { "同意" }
            (Consent::fields(typed, problems))
            (how_field(typed, problems))
            (first_field(typed, problems))
            (end)
        }))
    };
    asked.page(Place::People, TITLE, body)
}

/// How many people the center comes to know while they are well is what the network is for.
fn first_field(typed: &Typed, problems: &Problems) -> Markup {
    let label = "センターの職員がこの方と会う（話す）のは、これがはじめてですか";
    let field = plain(FIRST, label, Kind::Text, typed, problems);
    let value = if field.value.is_empty() {
        "no"
    } else {
        field.value
    };
    let choices = [
        Choice::new("no", "いいえ・分からない"),
        Choice::new("yes", "はい、はじめて"),
    ];
    look::radios(
        &Field {
            hint: "町の数字「はじめて会った」に人数だけを数えます。",
            value,
            ..field
        },
        &choices,
    )
}

/// The way here, for pages that have nobody to show.
pub fn start() -> Markup {
    look::button_link(Weight::Primary, Link::new(TITLE, "/people/new"))
}
