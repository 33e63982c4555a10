//! One person's papers: to be checked, to be handed in, to be carried, to be asked for.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use press::{Missing, Paper, Sight, Sights};
use serde::Deserialize;

use super::{around, lost, shown};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Link, Weight};
use crate::front::{Asked, Place, Problem};
use crate::ids::PersonId;
use crate::networks::Text;
use crate::papers::rules::{Wanted, application, cards, change};
use crate::people::{self, Group, Names, Person, Stop};
use crate::tags::{self, Number, Tag};

/// Lines on the letter of who looked: two years of a person that is looked at every day.
const MOST_SIGHTS: i64 = 1_000;

/// What can be printed for somebody.
pub async fn page(asked: Asked, Path(id): Path<PersonId>) -> Result<Markup, Stop> {
    people::witness(&asked, id, Fields::IDENTITY.and(Fields::CONTACTS)).await?;
    let mut conn = asked.read().await?;
    let person = people::find(&mut conn, &asked.deed, id).await?;
    let person = person.ok_or(Problem::NotFound)?;
    let action = format!("/people/{id}/papers");
    let one =
        |label, code: &str| look::act(Weight::Secondary, label, "", &action, &[("paper", code)]);
    let wanted = Field {
        name: "wanted",
        label: "冷蔵庫カードに入れるもの",
        hint: "家に来た人の目に触れます。ご本人と決めてください。携帯カードには、氏名も連絡先も入りません。",
        ..Field::default()
    };
    let choices = [
        Choice::new("name", "氏名と緊急連絡先"),
        Choice::new("medical", "かかりつけ・病気・薬・アレルギー"),
    ];
    let body = html! {
        (lost(&missing(&person)))
        (look::section("登録内容を確かめる", html! {
            p { "登録されている内容を入れた確認書です。ちがうところを直して、署名していただきます。医療と介護の内容も入ります。" }
            (one("登録内容確認書を開く（PDF）", "application"))
        }))
        (look::section("変更・廃止届", html! {
            p { "氏名・住所・番号が入った届です。" }
            (one("変更・廃止届を開く（PDF）", "change"))
        }))
        (look::section("携帯カードと冷蔵庫カード", look::form(&action, html! {
            (look::hidden("paper", "cards"))
            (look::checks(&wanted, &choices, &["name"]))
            (look::buttons("カードを開く（PDF）", None))
        })))
        (look::section("見た人の一覧を手紙にする", html! {
            p { "ご本人から求められたときに渡す、大きな文字の一覧です。" }
            (one("手紙を開く（PDF）", "sights"))
        }))
        p { (look::text_link(Link::new("登録者のページへもどる", &format!("/people/{id}")))) }
    };
    let title = format!("{}さんの書類", person.identity.value.name);
    Ok(asked.page(Place::People, &title, body)?)
}

/// What of the person's own words no font of the papers draws.
fn missing(person: &Person) -> Vec<Missing> {
    let (identity, contacts) = (person.group(Group::Identity), person.group(Group::Contacts));
    let items = identity.value.iter().chain(&contacts.value);
    press::missing(items.map(|item| item.text.as_str()))
}

/// Which paper, and what of it.
#[derive(Deserialize, Default)]
pub struct Asking {
    #[serde(default)]
    paper: String,
    #[serde(default)]
    name: bool,
    #[serde(default)]
    medical: bool,
}

impl Asking {
    fn read(typed: &[(String, String)]) -> Asking {
        let has =
            |field: &str, value: &str| typed.iter().any(|(name, of)| name == field && of == value);
        let paper = typed.iter().find(|(name, _)| name == "paper");
        Asking {
            paper: paper.map(|(_, code)| code.clone()).unwrap_or_default(),
            name: has("wanted", "name"),
            medical: has("wanted", "medical"),
        }
    }

    /// What of the record stands on the paper.
    fn fields(&self) -> Option<Fields> {
        let cards = [
            (self.name, Fields::IDENTITY.and(Fields::CONTACTS)),
            (self.medical, Fields::MEDICAL),
        ];
        Some(match self.paper.as_str() {
            "application" => Group::all_fields().and(Fields::TAGS),
            "change" => Fields::IDENTITY.and(Fields::TAGS),
            "cards" => cards
                .iter()
                .filter(|(wanted, _)| *wanted)
                .fold(Fields::TAGS, |sum, (_, fields)| sum.and(*fields)),
            "sights" => Fields::IDENTITY.and(Fields::HISTORY),
            _ => return None,
        })
    }
}

/// Prints one of them, after its line is durable.
pub async fn print(
    asked: Asked,
    Path(id): Path<PersonId>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, Stop> {
    let asking = Asking::read(&typed);
    let fields = asking.fields().ok_or(Problem::NotFound)?;
    let purpose = people::admit(&asked, id).await?;
    let line = Line::new(Verb::Printed, Some(id), fields);
    let said = format!("{} {purpose}", word(&asking.paper));
    audit::witness(asked.db(), &asked.deed, line.saying(said.trim())).await?;
    let mut conn = asked.read().await?;
    let person = people::find(&mut conn, &asked.deed, id).await?;
    let person = person.ok_or(Problem::NotFound)?;
    let tags = tags::list_for_person(&mut conn, &asked.deed, id).await?;
    drop(conn);
    let tag = tags.into_iter().find(|tag| tag.state == tags::State::Bound);
    let surround = around(&asked, person.standing.center).await?;
    let today = in_japan(asked.deed.now).date();
    let paper = match asking.paper.as_str() {
        "application" => form(&asked, &person, tag, today).await?,
        "change" => Paper::Change(change(&person.identity.value, shown_number(tag.as_ref()))),
        "cards" => both_cards(&asked, &person, tag, &asking).await?,
        _ => letter(&asked, &person).await?,
    };
    Ok(shown(surround, paper, &format!("{}-{today}", asking.paper)).await?)
}

fn word(paper: &str) -> &'static str {
    match paper {
        "application" => "登録内容確認書",
        "change" => "変更・廃止届",
        "cards" => "カード",
        _ => "見た人の一覧",
    }
}

fn shown_number(tag: Option<&Tag>) -> String {
    tag.map(|tag| tag.number.shown()).unwrap_or_default()
}

async fn form(
    asked: &Asked,
    person: &Person,
    tag: Option<Tag>,
    today: Date,
) -> Result<Paper, Problem> {
    let words = asked.words(Text::PaperConsent).await?;
    let number = shown_number(tag.as_ref());
    Ok(Paper::Application(Box::new(application(
        person, number, words, today,
    ))))
}

/// The cards bear the first QR of the number that is not shut off.
async fn both_cards(
    asked: &Asked,
    person: &Person,
    tag: Option<Tag>,
    asking: &Asking,
) -> Result<Paper, Problem> {
    let tag = tag.ok_or_else(|| {
        Problem::refused(
            "この方に交付中の番号がありません。先に「この方のタグ」でタグをお渡しください。",
        )
    })?;
    let carriers = tags::list_carriers(&mut asked.read().await?, &asked.deed, tag.id).await?;
    let open = carriers.iter().find(|carrier| carrier.shut.is_none());
    let address = open
        .filter(|_| matches!(tag.number, Number::Ours(_)))
        .map(|carrier| carrier.address(&asked.app.config.public_url));
    let words = asked.words(Text::PaperCard).await?;
    let wanted = Wanted {
        name: asking.name,
        medical: asking.medical,
    };
    Ok(Paper::Cards(Box::new(cards(
        person,
        &tag.number,
        address,
        words,
        wanted,
    ))))
}

async fn letter(asked: &Asked, person: &Person) -> Result<Paper, Problem> {
    let mut conn = asked.read().await?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    let entries = people::list_sights(&mut conn, &asked.deed, person.id, None, MOST_SIGHTS).await?;
    let mut rows = Vec::new();
    for entry in &entries {
        let told = people::told_of(&asked.deed, entry, &names)?;
        rows.push(Sight {
            at: format!("{}\n{}", told.day, told.time),
            who: told.who,
            what: [told.verb, &told.fields].join("\n").trim_end().to_owned(),
            why: [told.why, told.said].join("\n").trim_end().to_owned(),
        });
    }
    let span = match (entries.last(), entries.len() as i64 == MOST_SIGHTS) {
        (Some(oldest), true) => format!(
            "{}から今日まで",
            in_japan(oldest.at).strftime("%Y年%-m月%-d日")
        ),
        _ => "登録した日から今日まで".to_owned(),
    };
    Ok(Paper::Sights(Sights {
        name: person.identity.value.name.to_string(),
        span,
        rows,
    }))
}
