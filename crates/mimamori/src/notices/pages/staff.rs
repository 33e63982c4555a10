//! Staff write down what they are told: what to ask, in order, stands on the screen.

use axum::Form;
use axum::response::Response;
use maud::{Markup, html};
use seal::SecretToken;

use super::form::{self, Typed};
use super::words::{self, Words};
use super::{Side, sided};
use crate::front::look::{self, Choice, Field, Problems, Tone};
use crate::front::{Asked, Flash, Problem};
use crate::notices::acts;
use crate::notices::rules::{NewNotice, STAFF_WAYS, Way};
use crate::notices::store;
use crate::people::Names;
use crate::scope::Right;

/// The form with its script.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let key = SecretToken::new_short(&mut asked.deed.dice.clone());
    let typed = Typed::default().with("key", key.text());
    show(&asked, &typed, &Problems::default()).await
}

async fn show(asked: &Asked, typed: &Typed, problems: &Problems) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let signs = store::list_signs(&mut conn, &asked.deed).await?;
    let names = Names::read(&mut conn, &asked.deed).await?;
    let words = words::words_of("ja");
    let main = html! {
        (look::problem_summary(problems))
        (look::form("/notices/new", html! {
            (look::hidden("key", typed.of("key")))
            (ways(typed))
            (form::questions(words, &signs, typed, problems))
            (centers(&names, typed))
            (look::buttons("受け付ける", None))
        }))
    };
    let body = look::sheet(main, html! { (script(words)) });
    sided(asked, Side::New, "気づきを受け付ける", body)
}

fn ways(typed: &Typed) -> Markup {
    let chosen = match typed.of("way") {
        "" => Way::Phone.code(),
        way => way,
    };
    let choices = STAFF_WAYS.map(|way| Choice::new(way.code(), way.word()));
    let field = Field {
        name: "way",
        label: "どのように届きましたか",
        value: chosen,
        ..Field::default()
    };
    look::radios(&field, &choices)
}

fn centers(names: &Names, typed: &Typed) -> Markup {
    let ids: Vec<String> = names
        .centers()
        .iter()
        .map(|(id, _)| id.to_string())
        .collect();
    let mut choices = vec![Choice::new(
        "",
        "場所から決める（わからなければ、どのセンターにも見えます）",
    )];
    let named = ids.iter().zip(names.centers());
    choices.extend(named.map(|(id, (_, name))| Choice::new(id, name)));
    let field = Field {
        name: "center",
        label: "担当のセンター",
        value: typed.of("center"),
        ..Field::default()
    };
    look::select(&field, &choices)
}

/// What to ask, in order.
fn script(words: &Words) -> Markup {
    html! {
        (look::notice(Tone::Danger, "はじめに聞くこと", html! {
            p { "「いま、その方のそばですか。呼びかけに返事はありますか。」" }
            p { (words.danger) }
            p { "119番・110番が先です。電話のかけ方を伝え、いったん切ってかけ直してもらいます。" }
        }))
        (look::section("電話での聞き方", html! {
            ol {
                li { "「お知らせをありがとうございます。どんなことにお気づきでしたか。」" }
                li { "「それは、どちらですか。番地や目印を教えてください。」" }
                li { "「いつからでしょうか。ご自分でご覧になりましたか。」" }
                li { "「どなたのことか、ご存じでしたら教えてください。」" }
                li { "「お名前と電話番号を伺ってもよろしいですか。お答えにならなくてもかまいません。」" }
                li { "「その後のことを、差しさわりのない範囲でお知らせしましょうか。」" }
                li { "「だれからのお知らせかを、ご本人やご近所に伝えることはありません。ありがとうございました。」" }
            }
            p { "登録があるかどうか、どんな暮らしかは、こちらからは話しません。" }
        }))
    }
}

/// Takes it in.
pub async fn save(
    asked: Asked,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed::new(typed);
    let words = words::words_of("ja");
    let way = Way::from_code(typed.of("way")).filter(|way| STAFF_WAYS.contains(way));
    let new = NewNotice {
        way: way.unwrap_or(Way::Phone),
        words: typed.words(words.code),
        danger: typed.danger(),
        agreement: None,
        origin: String::new(),
        hash: SecretToken::read(typed.of("key")).map(|key| key.hash()),
        center: of_town(&asked, typed.of("center")).await?,
        person: None,
        task: None,
    };
    match acts::tell(asked.db(), &asked.deed, new).await {
        Ok(received) => {
            let flash = match received.danger {
                true => Flash::not_done(
                    "急ぎの気づきとして受け付けました。119番・110番がまだなら、先に電話してもらってください。",
                ),
                false => Flash::done("気づきを受け付けました。"),
            };
            let seen = asked.may(Right::Triage) && is_seen(&asked, received.id).await?;
            let to = match seen {
                true => format!("/notices/{}", received.id),
                false => "/notices/new".to_owned(),
            };
            Ok(asked.redirect(&to, flash))
        }
        Err(refusal) => match words.why(&refusal) {
            Some((field, why)) => {
                let mut problems = Problems::default();
                problems.add(field, why);
                Err(Problem::Refused(show(&asked, &typed, &problems).await?))
            }
            None => Err(refusal.into()),
        },
    }
}

/// The center of the town that was chosen.
async fn of_town(asked: &Asked, chosen: &str) -> Result<Option<crate::ids::CenterId>, Problem> {
    let Ok(chosen) = chosen.parse() else {
        return Ok(None);
    };
    let names = Names::read(&mut asked.read().await?, &asked.deed).await?;
    let known = names.centers().iter().any(|(id, _)| *id == chosen);
    Ok(known.then_some(chosen))
}

async fn is_seen(asked: &Asked, id: crate::ids::NoticeId) -> Result<bool, Problem> {
    match store::find(&mut asked.read().await?, &asked.deed, id).await {
        Ok(_) => Ok(true),
        Err(crate::notices::rules::Refusal::NotFound) => Ok(false),
        Err(refusal) => Err(refusal.into()),
    }
}
