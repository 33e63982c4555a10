//! Who runs a center: the contractor of today, and a change that is planned ahead.

use std::collections::HashSet;

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use words::date::parse_full;

use super::words;
use crate::front::look::{
    Choice, Field, Head, Link, Problems, Tone, Weight, act, buttons, checks, chip, empty, field,
    form, hidden, notice, problem_summary, section, table, text_link,
};
use crate::front::{Access, Asked, Doors, Flash, Place, Problem};
use crate::ids::{CenterId, StaffId};
use crate::networks::{self, Center};
use crate::scope::Right;
use crate::staff::acts::{self, Plan, Refusal};
use crate::staff::rules::{Account, Contractor, Unplanned};
use crate::staff::store;

/// The doors of this page.
pub fn doors(doors: Doors) -> Doors {
    let manage = Access::Needs(Right::ManageStaff);
    doors
        .get("/town/centers/{center}/operator", manage, show)
        .post("/town/centers/{center}/operator", manage, note)
        .post("/town/centers/{center}/operator/changes", manage, plan)
        .post(
            "/town/centers/{center}/operator/changes/{day}/stays",
            manage,
            save_stays,
        )
        .post(
            "/town/centers/{center}/operator/changes/{day}/cancel",
            manage,
            call_off,
        )
}

/// A form as sent: who stays is any number of fields of one name.
type Typed = Vec<(String, String)>;

fn typed<'a>(form: &'a Typed, name: &str) -> &'a str {
    let found = form.iter().find(|(of, _)| of == name);
    found.map_or("", |(_, value)| value.as_str())
}

fn ticked(form: &Typed) -> Vec<StaffId> {
    let chosen = form.iter().filter(|(name, _)| name == "stays");
    chosen.filter_map(|(_, id)| id.parse().ok()).collect()
}

/// What the page is made of.
struct Seen {
    center: Center,
    known: Vec<Contractor>,
    accounts: Vec<Account>,
    stays: HashSet<StaffId>,
}

impl Seen {
    async fn read(asked: &Asked, center: CenterId) -> Result<Seen, Problem> {
        let (scope, keys) = (&asked.deed.scope, &asked.deed.keys);
        let mut conn = asked.read().await?;
        let found = networks::find_center(&mut conn, scope, center).await?;
        let known = store::contractors::list(&mut conn, scope, center).await?;
        let ahead = known.iter().find(|one| one.is_ahead(asked.deed.now));
        let stays = match ahead {
            Some(change) => store::contractors::list_stays(&mut conn, scope, change).await?,
            None => Vec::new(),
        };
        let accounts = store::list_accounts_of(&mut conn, scope, keys, center).await?;
        Ok(Seen {
            center: found.ok_or(Problem::NotFound)?,
            known,
            accounts,
            stays: stays.into_iter().collect(),
        })
    }
}

async fn show(asked: Asked, Path(center): Path<CenterId>) -> Result<Markup, Problem> {
    page(&asked, center, &Typed::new(), &Problems::default()).await
}

async fn page(
    asked: &Asked,
    center: CenterId,
    sent: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let seen = Seen::read(asked, center).await?;
    let base = format!("/town/centers/{center}/operator");
    let ahead = seen.known.iter().find(|one| one.is_ahead(asked.deed.now));
    let body = html! {
        p { (text_link(Link::new("センターの設定にもどる", &format!("/town/centers/{center}")))) }
        p { "運営を委託している法人と、その交代の予定です。交代の日の午前0時から、前の法人の職員は何も見られなくなります。" }
        (problem_summary(problems))
        (section("受託法人", known(asked, &seen.known)))
        @match ahead {
            Some(change) => (planned(&seen, change, &base)),
            None => {
                @if seen.known.is_empty() { (note_form(&base, sent, problems)) }
                (plan_form(&seen, &base, sent, problems))
            }
        }
    };
    let title = format!("{}の運営", seen.center.name);
    asked.page(Place::Town, &title, body)
}

fn known(asked: &Asked, known: &[Contractor]) -> Markup {
    if known.is_empty() {
        return empty(
            "まだ記録がありません",
            "いまの受託法人を記録しておくと、交代の日に何が変わったかが分かります。町の直営なら、記録はいりません。",
            None,
        );
    }
    let current = known.iter().find(|one| !one.is_ahead(asked.deed.now));
    let rows: Vec<Vec<Markup>> = known
        .iter()
        .map(|one| {
            let state = match (one.is_ahead(asked.deed.now), Some(one) == current) {
                (true, _) => chip(Tone::Notice, "予定"),
                (false, true) => chip(Tone::Good, "いま"),
                (false, false) => chip(Tone::Plain, "終わりました"),
            };
            vec![
                html! { (one.name) },
                html! { (long(one.first_day())) "から" },
                state,
            ]
        })
        .collect();
    table(
        "受託法人",
        &["法人", "いつから", "状態"].map(Head::new),
        &rows,
    )
}

fn long(day: Date) -> String {
    day.strftime("%Y年%-m月%-d日").to_string()
}

fn name_and_day(sent: &Typed, problems: &Problems, names: [&'static str; 2], hint: &str) -> Markup {
    let [name, day] = names;
    html! {
        (field(&Field { name, label: "法人の名前", hint: "例：社会福祉法人 みなみ会", value: typed(sent, name),
            problem: problems.of(name), required: true, ..Field::default() }))
        (field(&Field { name: day, label: "最初の日", hint, value: typed(sent, day),
            problem: problems.of(day), required: true, ..Field::default() }))
    }
}

fn note_form(base: &str, sent: &Typed, problems: &Problems) -> Markup {
    section(
        "いまの受託法人を記録する",
        form(
            base,
            html! {
                (name_and_day(sent, problems, ["now_name", "now_day"], "例：2024-04-01、R6.4.1。記録するだけで、だれのアカウントも終わりません。"))
                (buttons("記録する", None))
            },
        ),
    )
}

fn plan_form(seen: &Seen, base: &str, sent: &Typed, problems: &Problems) -> Markup {
    let chosen: HashSet<StaffId> = ticked(sent).into_iter().collect();
    section(
        "交代を予定する",
        html! {
            p { "その日の午前0時（日本時間）に、下で選ばなかった職員と外部システムのアカウントが終わります。開いたままの画面も、その時刻から使えません。担当していた「やること」はセンターにもどります。" }
            (form(&format!("{base}/changes"), html! {
                (name_and_day(sent, problems, ["name", "day"], "例：2027-04-01、R9.4.1。あした以降の日にします。"))
                (stays_field(seen, &chosen))
                (buttons("交代を予定する", None))
            }))
        },
    )
}

fn stays_field(seen: &Seen, chosen: &HashSet<StaffId>) -> Markup {
    let ids: Vec<String> = seen.accounts.iter().map(|one| one.id.to_string()).collect();
    let choices: Vec<Choice<'_>> = seen
        .accounts
        .iter()
        .zip(&ids)
        .map(|(one, id)| Choice {
            value: id,
            label: &one.card.name,
            hint: place_word(one),
        })
        .collect();
    let ticked: Vec<&str> = seen
        .accounts
        .iter()
        .zip(&ids)
        .filter(|(one, _)| chosen.contains(&one.id))
        .map(|(_, id)| id.as_str())
        .collect();
    html! {
        @if choices.is_empty() { p { "このセンターのアカウントは、まだありません。" } }
        @else {
            (checks(&Field { name: "stays", label: "新しい法人でも引き続き働く人",
                hint: "1人ずつ名前で選びます。選ばなかった人は、その日から入れません。", ..Field::default() }, &choices, &ticked))
        }
    }
}

fn place_word(account: &Account) -> &'static str {
    match account.is_system() {
        true => "外部システム（トークンで接続）",
        false => account.place.role.word(),
    }
}

fn planned(seen: &Seen, change: &Contractor, base: &str) -> Markup {
    let day = change.first_day();
    let at = format!("{base}/changes/{day}");
    let ends = |one: &&Account| one.term.ends_at == Some(change.at);
    let ending: Vec<&Account> = seen.accounts.iter().filter(ends).collect();
    let rows: Vec<Vec<Markup>> = ending
        .iter()
        .map(|one| vec![html! { (one.card.name) }, html! { (place_word(one)) }])
        .collect();
    html! {
        (notice(Tone::Warning, &format!("{}の午前0時に交代します", long(day)), html! {
            p { (change.name) "が運営します。そのとき" strong { (ending.len()) "のアカウントが終わります。" }
                "新しい法人の職員は、いまのうちに「" (text_link(Link::new("職員を招待する", "/staff/invite"))) "」で招待できます（使えるのは交代の日から）。" }
        }))
        (section("終わるアカウント", html! {
            @if rows.is_empty() { p { "ありません。" } }
            @else { (table("終わるアカウント", &["名前", "役割"].map(Head::new), &rows)) }
        }))
        (section("引き続き働く人を選びなおす", form(&format!("{at}/stays"), html! {
            (hidden("version", &change.version.to_string()))
            (stays_field(seen, &seen.stays))
            (buttons("保存する", None))
        })))
        (section("交代を取りやめる", act(Weight::Quiet, "取りやめる", "", &format!("{at}/cancel"), &[])))
    }
}

fn back(asked: &Asked, center: CenterId, words: &str) -> Response {
    let page = format!("/town/centers/{center}/operator");
    asked.redirect(&page, Flash::done(words))
}

/// The day as typed, or what to mend beside its field.
fn day(sent: &Typed, name: &'static str, problems: &mut Problems) -> Option<Date> {
    parse_full(typed(sent, name))
        .map_err(|bad| problems.add(name, bad.to_string()))
        .ok()
}

/// The page again, the words beside the field they are about.
async fn again(
    asked: &Asked,
    center: CenterId,
    sent: &Typed,
    [name, day]: [&'static str; 2],
    refusal: Refusal,
) -> Problem {
    let mut problems = Problems::default();
    match &refusal {
        Refusal::Unplanned(Unplanned::Name) => problems.add(name, words(&refusal)),
        Refusal::Unplanned(_) => problems.add(day, words(&refusal)),
        Refusal::Db(db::Error::Duplicate) => {
            problems.add(day, "その日から始まる法人が、もう記録されています。");
        }
        _ => return refusal.into(),
    }
    match page(asked, center, sent, &problems).await {
        Ok(page) => Problem::Refused(page),
        Err(problem) => problem,
    }
}

async fn note(
    asked: Asked,
    Path(center): Path<CenterId>,
    Form(sent): Form<Typed>,
) -> Result<Response, Problem> {
    let mut problems = Problems::default();
    let Some(day) = day(&sent, "now_day", &mut problems) else {
        return Err(Problem::Refused(
            page(&asked, center, &sent, &problems).await?,
        ));
    };
    let name = typed(&sent, "now_name").to_owned();
    match acts::note_contractor(asked.db(), &asked.deed, center, name, day).await {
        Ok(()) => Ok(back(&asked, center, "いまの受託法人を記録しました。")),
        Err(refusal) => Err(again(&asked, center, &sent, ["now_name", "now_day"], refusal).await),
    }
}

async fn plan(
    asked: Asked,
    Path(center): Path<CenterId>,
    Form(sent): Form<Typed>,
) -> Result<Response, Problem> {
    let mut problems = Problems::default();
    let Some(day) = day(&sent, "day", &mut problems) else {
        return Err(Problem::Refused(
            page(&asked, center, &sent, &problems).await?,
        ));
    };
    let change = Plan {
        name: typed(&sent, "name").to_owned(),
        day,
        stays: ticked(&sent),
    };
    match acts::plan_change(asked.db(), &asked.deed, center, change).await {
        Ok(()) => Ok(back(&asked, center, "交代を予定しました。")),
        Err(refusal) => Err(again(&asked, center, &sent, ["name", "day"], refusal).await),
    }
}

async fn save_stays(
    asked: Asked,
    Path((center, day)): Path<(CenterId, Date)>,
    Form(sent): Form<Typed>,
) -> Result<Response, Problem> {
    let version = typed(&sent, "version").parse().unwrap_or_default();
    let (db, deed) = (asked.db(), &asked.deed);
    match acts::change_stays(db, deed, center, day, version, ticked(&sent)).await {
        Ok(()) => Ok(back(&asked, center, "引き続き働く人を保存しました。")),
        Err(Refusal::Db(db::Error::Changed)) => {
            let page = format!("/town/centers/{center}/operator");
            Err(Problem::changed(&page))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

async fn call_off(
    asked: Asked,
    Path((center, day)): Path<(CenterId, Date)>,
) -> Result<Response, Problem> {
    acts::call_off_change(asked.db(), &asked.deed, center, day).await?;
    Ok(back(&asked, center, "交代の予定を取りやめました。"))
}
