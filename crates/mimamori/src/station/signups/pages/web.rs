//! Signing up on the web without a card, and finding it again.

use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use words::phone::Phone;

use super::said;
use crate::deed::Deed;
use crate::front::look::{self, Field, Kind, Link, Problems, PublicShell, Tone, Weight};
use crate::front::{Problem, Visitor};
use crate::ids::RowId;
use crate::networks::Town;
use crate::people::one_line;
use crate::station::courses::{self, CourseDay, Entry, Typed, Who as For, text};
use crate::station::signups::acts;
use crate::station::signups::rules::{
    Code, Guest, MOST_NAME, Refusal, Room, Signup, State, What, begins,
};
use crate::station::signups::store;

/// Pages a minute from one address; many may share one.
const A_MINUTE: i64 = 120;
/// Sign-ups, and numbers tried, a minute from one address.
const SENT_A_MINUTE: i64 = 10;

type Sent = Form<Vec<(String, String)>>;

struct Stand {
    deed: Deed,
    town: Town,
}

impl Stand {
    async fn of(visitor: &Visitor, short: &str) -> Result<Stand, Problem> {
        slow(visitor, "signups", A_MINUTE)?;
        let (deed, town) = visitor.in_town(short).await?;
        Ok(Stand { deed, town })
    }

    fn page(&self, title: &str, body: Markup) -> Markup {
        let calendar = format!("/c/{}", self.town.short);
        let shell = PublicShell {
            network_name: &self.town.name,
            ..PublicShell::default()
        };
        let body = html! {
            (body)
            @if let Some(phone) = &self.town.day_phone {
                p { "お電話でも承ります" }
                (look::dial(&phone.tel_uri(), &phone.to_string(), &self.town.name))
            }
            p { (look::text_link(Link::new("講座のカレンダー", &calendar))) }
        };
        look::public_page(&shell, title, body)
    }

    /// A day that everybody may read of, and how full it is.
    async fn day(&self, visitor: &Visitor, id: RowId) -> Result<(CourseDay, Room), Problem> {
        let mut conn = visitor.app.db.read().await?;
        let day = courses::find_day(&mut conn, &self.deed, id).await?;
        match day.details.shown && day.details.entry == Entry::SignUp {
            true => {
                let room = store::room(&mut conn, &self.deed, &day).await?;
                Ok((day, room))
            }
            false => Err(Problem::NotFound),
        }
    }
}

fn slow(visitor: &Visitor, what: &'static str, most: i64) -> Result<(), Problem> {
    match visitor.count(what) <= most {
        true => Ok(()),
        false => Err(Problem::Slowed(
            "1分ほど待ってから、もう一度押してください。".to_owned(),
        )),
    }
}

/// The form.
pub async fn blank(
    visitor: Visitor,
    Path((short, lesson)): Path<(String, RowId)>,
) -> Result<Markup, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    let of = stand.day(&visitor, lesson).await?;
    let mut typed = Typed::default();
    typed.put("nonce", RowId(stand.deed.new_id()));
    Ok(form(&stand, &of, &typed, &Problems::default()))
}

/// Why nobody signs up here now.
fn closed(stand: &Stand, day: &CourseDay) -> Option<&'static str> {
    if day.state != courses::State::Planned {
        return Some("この回は中止です。");
    }
    (begins(day) <= stand.deed.now).then_some("この回は、もう始まっているか、終わっています。")
}

fn form(
    stand: &Stand,
    (day, room): &(CourseDay, Room),
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let waits = room.next() == State::Waiting;
    let field = |name, label| Field {
        required: true,
        ..text(typed, problems, name, label)
    };
    let body = html! {
        (look::problem_summary(problems))
        p { strong { (said::day_words(day)) } }
        @if let Some(words) = closed(stand, day) { p { (words) } }
        @else if day.details.who == For::Supporters {
            p { "サポーターの方の講座です。サポーターの方は、カードでご自分のページを開いて申し込めます。" }
            p { (look::text_link(Link::new("ご自分のページを開く", &format!("/m/{}", stand.town.short)))) }
        } @else {
            @if waits { (look::notice(Tone::Notice, "いまは満席です", html! { p { "キャンセル待ちに申し込めます。席が空いたら、順番にお電話します。" } })) }
            (look::form(&format!("/c/{}/days/{}", stand.town.short, day.id), html! {
                (look::hidden("nonce", typed.of("nonce")))
                (look::field(&Field { hint: "例：南野 花子", autocomplete: "name", ..field("name", "お名前") }))
                (look::field(&Field { kind: Kind::Tel, hint: "変更や中止のとき、席が空いたときにお電話します。", autocomplete: "tel", ..field("phone", "電話番号") }))
                (look::buttons(if waits { "キャンセル待ちに申し込む" } else { "申し込む" }, None))
            }))
            p { "お名前と電話番号は、この講座のご連絡だけに使い、1年で消します。" }
            p { "サポーターの方は、カードでも申し込めます。" (look::text_link(Link::new("ご自分のページを開く", &format!("/m/{}", stand.town.short)))) }
        }
    };
    stand.page("講座に申し込む", body)
}

fn read(typed: &Typed, problems: &mut Problems) -> Option<Guest> {
    let name = match one_line(typed.of("name"), MOST_NAME) {
        Ok(name) if name.is_empty() => {
            problems.add("name", "お名前を入れてください。");
            None
        }
        Ok(name) => Some(name),
        Err(bad) => {
            problems.add("name", bad.to_string());
            None
        }
    };
    let phone = Phone::parse(typed.of("phone"));
    let phone = phone.map_err(|problem| problems.add("phone", problem.to_string()));
    Some(Guest {
        name: name?,
        kana: String::new(),
        phone: Some(phone.ok()?),
    })
}

/// Signs up.
pub async fn send(
    visitor: Visitor,
    Path((short, lesson)): Path<(String, RowId)>,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let of = stand.day(&visitor, lesson).await?;
    let (Some(guest), Ok(nonce)) = (
        read(&typed, &mut problems),
        typed.of("nonce").parse::<RowId>(),
    ) else {
        let page = form(&stand, &of, &typed, &problems);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    slow(&visitor, "signups.sent", SENT_A_MINUTE)?;
    let db = &visitor.app.db;
    let done = acts::sign_up_guest(db, &stand.deed, (lesson, guest), nonce.0).await;
    let (one, code) = match done {
        Ok(done) => done,
        Err(Refusal::IsOff | Refusal::IsOver | Refusal::SupportersOnly | Refusal::TooMany) => {
            let page = form(&stand, &of, &typed, &problems);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        Err(refusal) => return Err(refusal.into()),
    };
    let mut conn = visitor.app.db.read().await?;
    let stands = acts::standing(&mut conn, &stand.deed, &one, &of.0).await?;
    drop(conn);
    let (tone, title) = match one.state {
        State::In => (Tone::Good, "申し込みを受け付けました。"),
        _ => (Tone::Notice, "キャンセル待ちで受け付けました。"),
    };
    let body = html! {
        (look::notice(tone, title, html! { p { (stands.words) } }))
        p { strong { (said::day_words(&of.0)) } }
        p { "申し込みの番号（確かめるとき、取り消すときに使います。書きとめてください）" }
        p { strong.digits { (code.to_string()) } }
        p { (look::text_link(Link::new("申し込みを確かめる・取り消す", &format!("/c/{short}/signups")))) }
    };
    Ok(stand.page("申し込みの受付", body).into_response())
}

/// Asks for the number.
pub async fn ask(visitor: Visitor, Path(short): Path<String>) -> Result<Markup, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    Ok(asking(&stand, &Typed::default(), &Problems::default()))
}

fn asking(stand: &Stand, typed: &Typed, problems: &Problems) -> Markup {
    let field = Field {
        kind: Kind::Tel,
        required: true,
        hint: "申し込んだときに出た、10けたの番号です。",
        ..text(typed, problems, "code", "申し込みの番号")
    };
    let body = html! {
        (look::problem_summary(problems))
        (look::form(&format!("/c/{}/signups", stand.town.short), html! {
            (look::field(&field))
            (look::buttons("確かめる", None))
        }))
        p { "番号がわからないときは、お電話でお申し出ください。" }
    };
    stand.page("申し込みを確かめる・取り消す", body)
}

async fn find(
    visitor: &Visitor,
    stand: &Stand,
    typed: &Typed,
) -> Result<Option<(Code, Signup, CourseDay)>, Problem> {
    slow(visitor, "signups.code", SENT_A_MINUTE)?;
    let Some(code) = Code::read(typed.of("code")) else {
        return Ok(None);
    };
    let mut conn = visitor.app.db.read().await?;
    match acts::find_by_code(&mut conn, &stand.deed, code).await {
        Ok(one) => {
            let day = courses::find_day(&mut conn, &stand.deed, one.day).await?;
            Ok(Some((code, one, day)))
        }
        Err(Refusal::NotFound) => Ok(None),
        Err(refusal) => Err(refusal.into()),
    }
}

fn not_found(stand: &Stand, typed: &Typed) -> Response {
    let mut problems = Problems::default();
    problems.add(
        "code",
        "この番号の申し込みが見つかりません。番号をもう一度お確かめください。",
    );
    let page = asking(stand, typed, &problems);
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// How it stands; whose it is stands nowhere.
pub async fn show(
    visitor: Visitor,
    Path(short): Path<String>,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    shown(&visitor, &stand, &Typed(sent), "").await
}

async fn shown(
    visitor: &Visitor,
    stand: &Stand,
    typed: &Typed,
    above: &str,
) -> Result<Response, Problem> {
    let Some((code, one, day)) = find(visitor, stand, typed).await? else {
        return Ok(not_found(stand, typed));
    };
    let mut conn = visitor.app.db.read().await?;
    let stands = acts::standing(&mut conn, &stand.deed, &one, &day).await?;
    drop(conn);
    let open = one.state != State::Gone && !day.is_over(stand.deed.now);
    let answer = |weight, label, how: What| {
        let (code, version) = (code.to_string(), one.version.to_string());
        let fields = [
            ("code", code.as_str()),
            ("version", version.as_str()),
            ("how", how.code()),
        ];
        let path = format!("/c/{}/signups/answer", stand.town.short);
        look::act(weight, label, "", &path, &fields)
    };
    let body = html! {
        @if !above.is_empty() { div role="status" { (look::notice(Tone::Notice, above, html! {})) } }
        p { strong { (said::day_words(&day)) } }
        @if day.state == courses::State::Planned { p { (said::state(&one)) " " (stands.words) } }
        @else { p { "この回は中止になりました。" } }
        @if open {
            @if one.state == State::Offered { div.buttons {
                (answer(Weight::Primary, "参加する", What::Took))
                (answer(Weight::Secondary, "今回は見送る", What::Declined))
            } } @else {
                p { "取り消すと、席は次の方にまわります。" }
                (answer(Weight::Danger, "申し込みを取り消す", What::Cancelled))
            }
        }
    };
    Ok(stand.page("申し込みの様子", body).into_response())
}

/// Calls off, or answers.
pub async fn answer(
    visitor: Visitor,
    Path(short): Path<String>,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    let typed = Typed(sent);
    if typed.of("code").is_empty() {
        return Ok(Redirect::to(&format!("/c/{short}/signups")).into_response());
    }
    let Some((code, ..)) = find(&visitor, &stand, &typed).await? else {
        return Ok(not_found(&stand, &typed));
    };
    let how = What::from_code(typed.of("how")).unwrap_or(What::Cancelled);
    let upon = (code, typed.version());
    let above = match acts::answer_by_code(&visitor.app.db, &stand.deed, upon, how).await {
        Ok(()) => "承りました。",
        Err(Refusal::Changed | Refusal::NotTheirTurn | Refusal::Ended | Refusal::IsOver) => {
            "そのあいだに様子が変わりました。いまの様子は次のとおりです。"
        }
        Err(refusal) => return Err(refusal.into()),
    };
    shown(&visitor, &stand, &typed, above).await
}
