//! One case: what has to be known first, what is planned, what is to be done, what was done.

use axum::extract::Path;
use jiff::civil::Date;
use maud::{Markup, html};

use super::closing::erasing;
use super::gate::{Opened, enter};
use super::parts::{self, Side, case_of, day, moment, paragraphs, who};
use super::path;
use super::typed::Typed;
use super::{contacts, origins};
use crate::audit::Fields;
use crate::cases::rules::{
    Case, Contact, Ending, Entry, EntryState, Flag, FlagCode, Link, Review, State, Step,
};
use crate::cases::store;
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Kind, Link as Href, Problems, Tone, Weight};
use crate::front::{Asked, Place, Problem};
use crate::ids::CaseId;
use crate::people::Names;
use crate::scope::Right;

/// The page.
pub async fn page(asked: Asked, Path(case): Path<String>) -> Result<Markup, Problem> {
    let today = in_japan(asked.deed.now).date().to_string();
    let typed = Typed::default().with("on", today);
    sheet(&asked, case_of(&case)?, &typed, &Problems::default()).await
}

/// The page with a form as it was typed.
pub async fn sheet(
    asked: &Asked,
    id: CaseId,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let opened = enter(asked, id, Fields::IDENTITY).await?;
    let mut conn = asked.read().await?;
    let deed = &asked.deed;
    let names = Names::read_all(&mut conn, deed).await?;
    let met = store::list_entries::<Contact>(&mut conn, deed, id).await?;
    let steps = store::list_entries::<Step>(&mut conn, deed, id).await?;
    let flags = store::list_entries::<Flag>(&mut conn, deed, id).await?;
    let reviews = store::list_entries::<Review>(&mut conn, deed, id).await?;
    let settings = store::find_settings(&mut conn, deed, opened.case.center).await?;
    let linked = linked(asked, id).await?;
    drop(conn);
    let (case, today) = (&opened.case, in_japan(deed.now).date());
    let open = case.state == State::Open;
    let quiet = open && case.quiet_until(&settings) < today;
    let paths = (asked.app.above.case)(asked, id).await?;
    let came = origins::came_from(asked, case).await?;
    let elsewhere = parts::is_elsewhere(asked, &opened).await?;
    let body = html! {
        (look::problem_summary(problems))
        (parts::head(&opened, Side::Now, &names, today))
        (raised(&flags, today))
        @if let Some(center) = elsewhere { (look::notice(Tone::Warning, "担当センターが変わりました", html! {
            p { "この方の担当は、いま「" (names.center(Some(center))) "」です。支援は自動では移りません。"
                (look::text_link(Href::new("引き継ぎを申し出る", &format!("{}/sharing", path(id))))) }
        })) }
        @if quiet { (look::notice(Tone::Warning, "しばらく連絡がありません", html! {
            p { "最後の連絡は" (day(case.touched, today)) "です。ようすを確かめて、経過を書いてください。" }
        })) }
        (waiting(asked, case, &reviews, &names))
        (look::sheet(
            html! {
                (content(&opened, open))
                (to_do(id, &steps, (typed, problems), (open, today)))
                (look::section("経過", html! {
                    @if open { (look::form(&format!("{}/contacts", path(id)), html! {
                        (contacts::fields(typed, problems))
                        (look::buttons("経過を書く", None))
                    })) }
                    (contacts::list(id, &met, &names, today))
                }))
            },
            html! {
                (ended(case, &names))
                (closing(case, (typed, problems)))
                @if opened.people.is_empty() && asked.may(Right::Lead) { (erasing(case, typed, problems)) }
                (flag_forms(id, &flags, (typed, problems), (open, today)))
                (paths)
                (came)
                (links(&linked))
                (looked(&reviews, &names))
            },
        ))
    };
    asked.page(Place::Cases, &case.name(), body)
}

/// Linked cases that may be seen now.
async fn linked(asked: &Asked, id: CaseId) -> Result<Vec<(Case, String)>, Problem> {
    let mut conn = asked.read().await?;
    let mut linked = Vec::new();
    for link in store::list_entries::<Link>(&mut conn, &asked.deed, id).await? {
        let (EntryState::On, Some(other)) = (link.state, link.other) else {
            continue;
        };
        // What may not be seen is not there: not even that there is something.
        if let Ok(case) = store::find(&mut conn, &asked.deed, other).await {
            linked.push((case, link.body.note));
        }
    }
    Ok(linked)
}

/// Flags that hold, before everything else.
fn raised(flags: &[Entry<Flag>], today: Date) -> Markup {
    let raised: Vec<_> = flags.iter().filter(|flag| flag.holds(today)).collect();
    html! {
        @if !raised.is_empty() { (look::notice(Tone::Danger, "先に知っておくこと", html! {
            ul { @for flag in raised { li {
                strong { (flag.body.code.word()) }
                @if !flag.body.note.is_empty() { "：" (flag.body.note) }
                @if let Some(until) = flag.day { small { "（" (day(until, today)) "まで）" } }
            } } }
        })) }
    }
}

/// What waits for a second pair of eyes: the form for others, a word for whoever asked.
fn waiting(asked: &Asked, case: &Case, reviews: &[Entry<Review>], names: &Names) -> Markup {
    let me = asked.deed.scope.actor.account();
    html! {
        @for review in reviews.iter().filter(|one| one.state == EntryState::Waiting) {
            (look::notice(Tone::Notice, &format!("{}の確認（2人目）", review.body.of.word()), html! {
                p { (who(names, review.made_by)) "が" (moment(review.made_at)) "にお願いしました。" }
                @if review.made_by == me {
                    p { "ほかの職員が、このページで確かめます。自分の分は確かめられません。" }
                } @else {
                    (look::form(&format!("{}/reviews/{}", path(case.id), review.id), html! {
                        (look::field(&look::Field { name: "words", label: "気づいたこと・直してほしいこと",
                            hint: "差し戻すときは必ず書いてください。", kind: Kind::Textarea, ..look::Field::default() }))
                        div.buttons {
                            (look::button(Weight::Primary, "確かめました", "agrees", "yes"))
                            (look::button(Weight::Secondary, "差し戻す", "agrees", "no"))
                        }
                    }))
                }
            }))
        }
    }
}

fn content(opened: &Opened, open: bool) -> Markup {
    let body = &opened.case.body;
    let entry = |label: &'static str, text: &str| {
        look::Entry::new(
            label,
            match text.is_empty() {
                true => html! { small { "まだ書かれていません" } },
                false => paragraphs(text),
            },
        )
    };
    let edit = format!("{}/edit", path(opened.case.id));
    look::section(
        "目標と計画",
        html! {
            (look::record(&[
                entry("はじまり", &body.began),
                entry("ご本人の望むこと（ご本人の言葉で）", &body.aims),
                entry("計画", &body.plan),
                entry("心配なことと備え", &body.risks),
            ]))
            @if open { p { (look::button_link(Weight::Secondary, Href::new("目標と計画を直す", &edit))) } }
        },
    )
}

fn to_do(
    id: CaseId,
    steps: &[Entry<Step>],
    (typed, problems): (&Typed, &Problems),
    (open, today): (bool, Date),
) -> Markup {
    let mut waiting: Vec<_> = steps
        .iter()
        .rev()
        .filter(|step| step.state == EntryState::Waiting)
        .collect();
    // What is late or due stands first, whenever it was written down.
    waiting.sort_by_key(|step| step.day);
    look::section(
        "予定",
        html! {
            @if waiting.is_empty() { p { "予定はありません。" } }
            @for step in &waiting { (one_step(id, step, today)) }
            @if open { details open[problems.of("step").is_some() || problems.of("due").is_some()] {
                summary { "予定を加える" }
                (look::form(&format!("{}/steps", path(id)), html! {
                    (typed.field(("step", "すること", "例：訪問して、薬の飲み方を見る"), Kind::Textarea, problems))
                    (typed.field(("due", "いつまでに", "例：2026-11-26、R8.11.26"), Kind::Short, problems))
                    (look::buttons("予定に加える", None))
                }))
            } }
            (past_steps(steps, today))
        },
    )
}

fn one_step(id: CaseId, step: &Entry<Step>, today: Date) -> Markup {
    let due = step.day.unwrap_or(today);
    let root = format!("{}/steps/{}", path(id), step.id);
    html! {
        div.card {
            p { @if due < today { (look::chip(Tone::Danger, "過ぎています")) " " }
                strong { (day(due, today)) "まで" } }
            (paragraphs(&step.body.words))
            details { summary { "結果を書く・取りやめる" }
                (look::form(&format!("{root}/done"), html! {
                    (look::field(&look::Field { name: "outcome", label: "どうでしたか", kind: Kind::Textarea,
                        required: true, ..look::Field::default() }))
                    (look::checks(&look::Field { name: &format!("helped-{}", step.id), label: "助けは届きましたか",
                        hint: "気づきから助けが届くまでの日数を数えるのに使います。", ..look::Field::default() },
                        &[Choice::new("yes", "これで、必要な助けが届いた")], &[]))
                    (look::buttons("済みにする", None))
                }))
                (look::act(Weight::Quiet, "取りやめる", &step.body.words, &format!("{root}/drop"), &[]))
            }
        }
    }
}

fn past_steps(steps: &[Entry<Step>], today: Date) -> Markup {
    let past: Vec<_> = steps
        .iter()
        .filter(|step| step.state != EntryState::Waiting)
        .collect();
    html! {
        @if !past.is_empty() { details { summary { "済んだ予定（" (past.len()) "件）" }
            ul { @for step in past { li {
                @if let Some(due) = step.day { (day(due, today)) "　" }
                (step.body.words) "：" (step.state.word())
                @if !step.body.outcome.is_empty() { br; small { (step.body.outcome) } }
            } } }
        } }
    }
}

fn flag_forms(
    id: CaseId,
    flags: &[Entry<Flag>],
    (typed, problems): (&Typed, &Problems),
    (open, today): (bool, Date),
) -> Markup {
    let codes: Vec<Choice<'_>> = [Choice::new("", "選んでください")]
        .into_iter()
        .chain(
            FlagCode::ALL
                .iter()
                .map(|code| Choice::new(code.code(), code.word())),
        )
        .collect();
    let failed = ["code", "until", "note"]
        .iter()
        .any(|name| problems.of(name).is_some());
    html! {
        @if open { (look::section("先に知っておくこと", html! {
            @for flag in flags.iter().filter(|flag| flag.holds(today)) {
                p { strong { (flag.body.code.word()) } @if !flag.body.note.is_empty() { "：" (flag.body.note) } }
                (look::act(Weight::Quiet, "もう要らない", flag.body.code.word(),
                    &format!("{}/flags/{}/end", path(id), flag.id), &[]))
            }
            details open[failed] { summary { "加える" }
                (look::form(&format!("{}/flags", path(id)), html! {
                    (typed.select(("code", "何を", ""), &codes, problems))
                    (typed.field(("until", "いつまで", "過ぎると、自然に消えます。"), Kind::Short, problems))
                    (typed.field(("note", "ひとこと", ""), Kind::Text, problems))
                    (look::buttons("加える", None))
                }))
            }
        })) }
    }
}

fn closing(case: &Case, (typed, problems): (&Typed, &Problems)) -> Markup {
    let root = path(case.id);
    html! {
        @if case.state == State::Open {
            p { (look::text_link(Href::new("支援を終了する", &format!("{root}/closing")))) }
        } @else { (look::section("支援を再開する", look::form(&format!("{root}/reopening"), html! {
            (look::field(&look::Field { required: true,
                ..typed.plain(("why", "なぜ再開しますか", ""), Kind::Textarea, problems) }))
            (look::buttons("再開する", None))
        }))) }
    }
}

fn ended(case: &Case, names: &Names) -> Markup {
    let one = |ending: &Ending| {
        html! {
            p { strong { (ending.reason.word()) } "　" (ending.on.strftime("%Y年%-m月%-d日").to_string())
                "　" (who(names, ending.by)) }
            (paragraphs(&ending.outcome))
            @if let Some((on, why)) = &ending.again {
                p { small { (on.strftime("%Y年%-m月%-d日").to_string()) "に再開：" (why) } }
            }
        }
    };
    html! {
        @if !case.body.endings.is_empty() {
            (look::section("終了", html! { @for ending in case.body.endings.iter().rev() { (one(ending)) } }))
        }
    }
}

fn links(linked: &[(Case, String)]) -> Markup {
    html! {
        @if !linked.is_empty() { (look::section("関連する支援", html! {
            ul { @for (case, note) in linked {
                li { a href=(path(case.id)) { (case.name()) } @if !note.is_empty() { "：" (note) } }
            } }
        })) }
    }
}

/// What a second person said before.
fn looked(reviews: &[Entry<Review>], names: &Names) -> Markup {
    let decided =
        |one: &&Entry<Review>| matches!(one.state, EntryState::Approved | EntryState::Returned);
    html! {
        @if reviews.iter().any(|one| decided(&one)) { (look::section("2人目の確認", html! {
            ul { @for one in reviews.iter().filter(decided) { li {
                (one.body.of.word()) "：" (one.state.word()) "　" (who(names, one.staff))
                "　" (moment(crate::clock::instant(one.body.decided_at)))
                @if !one.body.words.is_empty() { br; small { (one.body.words) } }
            } } }
        })) }
    }
}
