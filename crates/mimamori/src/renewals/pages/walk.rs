//! The walk through the record: every group on one screen, 変更なし one key each.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use crate::audit::Fields;
use crate::clock::{in_japan, instant};
use crate::front::look::{
    self, Choice, Field, Kind, Link, Problems, Step, StepState, Tone, Weight,
};
use crate::front::{Asked, Flash, Place, Problem, back_value};
use crate::ids::PersonId;
use crate::people::{self, Gap, Group, Names, Person, Stop, Way};
use crate::renewals::acts;
use crate::renewals::rules::{Act, MUST, Month, Renewal, month_of};
use crate::renewals::store;

/// The most characters of what support is needed.
const MOST_WORDS: usize = 500;

/// The walk and the record it goes through.
struct Walk {
    renewal: Renewal,
    person: Person,
    names: Names,
    today: Date,
    /// Whether the center has met this person before, to register or to renew.
    knows: bool,
}

impl Walk {
    fn way(&self) -> Way {
        self.renewal.walk_way.unwrap_or(Way::InPerson)
    }

    fn is_done(&self, group: Group) -> bool {
        let began = instant(self.renewal.walk_at.unwrap_or_default());
        let on = self.person.group(group).confirmed.map(|one| one.on);
        self.renewal.has_walked(on, in_japan(began).date())
    }

    fn next(&self) -> Option<Group> {
        Group::ALL
            .iter()
            .copied()
            .find(|group| !self.is_done(*group))
    }

    fn may_end(&self) -> bool {
        MUST.iter().all(|group| self.is_done(*group))
    }
}

/// The record after its sight is durable, or back where no walk was begun.
async fn see(asked: &Asked, id: PersonId) -> Result<Option<Walk>, Stop> {
    people::witness(asked, id, Group::all_fields().and(Fields::HISTORY)).await?;
    let mut conn = asked.read().await?;
    let person = people::find(&mut conn, &asked.deed, id).await?;
    let person = person.ok_or(Problem::NotFound)?;
    let today = in_japan(asked.deed.now).date();
    let born = &person.identity.value.born;
    let (month, _) = month_of(born, person.standing.registered_on);
    let year = Month::nearest(month, today).year;
    let all = store::list_for_person(&mut conn, &asked.deed, id).await?;
    let acts = store::list_acts(&mut conn, &asked.deed, id).await?;
    let knows =
        all.iter().any(|one| one.state.is_renewed()) || acts.iter().any(|one| one.act == Act::Met);
    let here = all.into_iter().find(|one| one.month.year == year);
    let Some(renewal) = here.filter(|one| one.walk_at.is_some() && one.state.is_open()) else {
        return Ok(None);
    };
    Ok(Some(Walk {
        renewal,
        person,
        names: Names::read_all(&mut conn, &asked.deed).await?,
        today,
        knows,
    }))
}

/// Every group, with what is to be done with it.
pub async fn page(asked: Asked, Path(id): Path<PersonId>) -> Result<Response, Stop> {
    let Some(walk) = see(&asked, id).await? else {
        return Ok(Redirect::to(&format!("/renewals/{id}")).into_response());
    };
    let page = shown(&asked, &walk, &Ending::default(), &Problems::default())?;
    Ok(page.into_response())
}

fn shown(
    asked: &Asked,
    walk: &Walk,
    typed: &Ending,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let id = walk.person.id;
    let body = html! {
        (look::problem_summary(problems))
        p { (walk.renewal.month.words()) "の更新を、" strong { (walk.way().word()) } "で確かめています。読み上げて、変わりがなければ「変更なし」を押してください（Enterキーか、Alt＋番号のキーでも押せます）。まだうかがっていない項目は、うかがって記入してください。" }
        (way(walk))
        @for (at, group) in Group::ALL.iter().enumerate() { (part(walk, *group, at + 1)) }
        @if walk.may_end() { (ending(walk, typed, problems)) }
        p { (look::text_link(Link::new("途中でやめる（つづきは、あとでできます）", &format!("/renewals/{id}")))) }
    };
    let title = format!("{}さんの登録内容の確認", walk.person.identity.value.name);
    asked.page(Place::Renewals, &title, body)
}

/// The groups in order, and where one is.
fn way(walk: &Walk) -> Markup {
    let next = walk.next();
    let anchors: Vec<String> = Group::ALL.iter().map(|group| anchor(*group)).collect();
    let steps: Vec<Step<'_>> = Group::ALL
        .iter()
        .zip(&anchors)
        .map(|(group, href)| Step {
            label: group.word(),
            state: match (walk.is_done(*group), next == Some(*group)) {
                (true, _) => StepState::Done,
                (false, true) => StepState::Now,
                (false, false) => StepState::Later,
            },
            href: Some(href),
        })
        .collect();
    look::steps("確認の進みぐあい", &steps)
}

fn anchor(group: Group) -> String {
    format!("#g-{}", group.code())
}

fn part(walk: &Walk, group: Group, at: usize) -> Markup {
    let kept = walk.person.group(group);
    let done = walk.is_done(group);
    html! {
        section.part-of-page id={ "g-" (group.code()) } {
            h2 { (at) "　" (group.word()) }
            p {
                @if done { (look::chip(Tone::Good, "今回、確認しました")) " " }
                (people::stamp(kept.confirmed.as_ref(), &walk.names, walk.today))
            }
            // Above what is read: the button with the focus is then at the top of the screen.
            (keys(walk, group, kept.version, at))
            (people::told(&walk.person, group, walk.today))
        }
    }
}

/// 変更なし by one key, 変更あり in the form of the group, which leads back here. What was never asked
/// has no 変更なし: its form is the first key.
fn keys(walk: &Walk, group: Group, version: i64, at: usize) -> Markup {
    let (id, code) = (walk.person.id, group.code());
    let back = back_value(&format!("/renewals/{id}/walk"));
    let edit = format!(
        "/people/{id}/{code}/edit?how={}&back={back}",
        walk.way().code()
    );
    let (gap, now) = (walk.person.gap(group), walk.next() == Some(group));
    let said = people::said_of(group, &gap).filter(|_| !walk.is_done(group));
    if said.is_none() && !walk.is_done(group) {
        return html! {
            (people::unasked(&gap))
            div.buttons {
                a.button.primary href=(edit) accesskey=(at) autofocus[now] { "うかがって記入する" span.unseen { "：" (group.word()) } }
            }
        };
    }
    let label = format!("変更あり：{}を直す", group.word());
    html! {
        div.buttons {
            @if let Some((heard, words)) = said {
                form.act method="post" action={ "/renewals/" (id) "/groups" } {
                    (look::hidden("group", code))
                    (look::hidden("way", walk.way().code()))
                    (look::hidden("version", &version.to_string()))
                    (look::hidden("heard", heard))
                    button.button.primary type="submit" accesskey=(at) autofocus[now] {
                        (if gap == Gap::Nothing { "変更なし" } else { words }) span.unseen { "：" (group.word()) }
                    }
                }
            }
            (look::button_link(Weight::Secondary, Link::new(&label, &edit)))
        }
    }
}

/// How the walk ends.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Ending {
    need: String,
    words: String,
    first: String,
}

fn ending(walk: &Walk, typed: &Ending, problems: &Problems) -> Markup {
    let left: Vec<&str> = Group::ALL
        .iter()
        .filter(|group| !walk.is_done(**group))
        .map(|group| group.word())
        .collect();
    let words = Field {
        name: "words",
        label: "どんな支援が必要ですか",
        hint: "「必要」のときに書いてください。あすの「やること」になります。",
        kind: Kind::Textarea,
        value: &typed.words,
        problem: problems.of("words"),
        ..Field::default()
    };
    look::section(
        "更新を終える",
        look::form(
            &format!("/renewals/{}/ending", walk.person.id),
            html! {
                @if left.is_empty() {
                    p { "すべての項目を確認しました。このまま画面を閉じても、1時間たつと「支援の必要なし」として更新が終わります。" }
                } @else {
                    p { "まだ確認していない項目：" strong { (left.join("・")) } "。このまま終えると、これらは前に確認した日のまま残ります。" }
                }
                (look::radios(&Field { name: "need", label: "話してみて、支援が必要だと感じましたか", value: or(&typed.need, "no"), ..Field::default() },
                    &[Choice::new("no", "いいえ"), Choice::new("yes", "はい、必要")]))
                (look::field(&words))
                @if !walk.knows {
                    (look::radios(&Field { name: "first", label: "センターの職員がこの方と会う（話す）のは、これがはじめてですか", value: or(&typed.first, "no"), ..Field::default() },
                        &[Choice::new("no", "いいえ・分からない"), Choice::new("yes", "はい、はじめて")]))
                }
                (look::buttons("更新を終える", None))
            },
        ),
    )
}

fn or<'a>(typed: &'a str, else_: &'a str) -> &'a str {
    if typed.is_empty() { else_ } else { typed }
}

/// How the walk is done, or which group is as it was.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    way: String,
    group: String,
    version: i64,
    heard: String,
}

/// Begins the walk, or goes on in another way.
pub async fn begin(
    asked: Asked,
    Path(id): Path<PersonId>,
    Form(typed): Form<Typed>,
) -> Result<Redirect, Stop> {
    people::admit(&asked, id).await?;
    let way = Way::from_code(&typed.way).ok_or(Problem::NotFound)?;
    acts::begin_walk(asked.db(), &asked.deed, id, way).await?;
    Ok(Redirect::to(&format!("/renewals/{id}/walk")))
}

/// Stamps a group as confirmed, unchanged.
pub async fn unchanged(
    asked: Asked,
    Path(id): Path<PersonId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    people::admit(&asked, id).await?;
    let group = Group::from_code(&typed.group).ok_or(Problem::NotFound)?;
    let way = Way::from_code(&typed.way).ok_or(Problem::NotFound)?;
    let heard = people::heard_of(&typed.heard).ok_or(Problem::NotFound)?;
    let (path, of) = (format!("/renewals/{id}/walk"), (group, typed.version));
    match people::confirm(asked.db(), &asked.deed, id, of, heard, way).await {
        Ok(()) => Ok(Redirect::to(&path).into_response()),
        Err(people::Refusal::Changed { .. }) => Ok(asked.redirect(
            &path,
            Flash::not_done(
                "ほかの職員がこの項目を先に変えました。いまの内容をもう一度確かめてください。",
            ),
        )),
        Err(refusal) => Err(refusal.into()),
    }
}

/// Ends the renewal.
pub async fn finish(
    asked: Asked,
    Path(id): Path<PersonId>,
    Form(typed): Form<Ending>,
) -> Result<Response, Stop> {
    people::admit(&asked, id).await?;
    let (needed, words) = (typed.need == "yes", typed.words.trim());
    let mut problems = Problems::default();
    if needed && words.is_empty() {
        problems.add("words", "どんな支援が必要かを、ひとこと書いてください。");
    }
    if words.chars().count() > MOST_WORDS {
        problems.add("words", format!("{MOST_WORDS}文字までで書いてください。"));
    }
    if !problems.is_empty() {
        let Some(walk) = see(&asked, id).await? else {
            return Ok(Redirect::to(&format!("/renewals/{id}")).into_response());
        };
        return Err(Problem::Refused(shown(&asked, &walk, &typed, &problems)?).into());
    }
    let need = needed.then(|| words.to_owned());
    acts::finish(asked.db(), &asked.deed, id, need, typed.first == "yes").await?;
    Ok(asked.redirect(
        &format!("/renewals/{id}"),
        Flash::done("更新を終えました。"),
    ))
}
