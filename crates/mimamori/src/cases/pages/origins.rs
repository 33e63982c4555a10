//! A case out of a notice or a consultation: the form, and the links there and back.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::typed::Typed;
use super::{new, path};
use crate::cases::acts;
use crate::cases::rules::{Access, Body, Case, Origin, OriginKind, Refusal};
use crate::cases::store;
use crate::clock::in_japan;
use crate::consultations::{self, State as ConsultationState};
use crate::front::look::{self, Kind, Link, Problems, Tone};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::{CaseId, ConsultationId, NoticeId, PersonId};
use crate::notices;
use crate::people::{self, Identity, Stop};
use crate::scope::Right;

/// What a case is to begin with.
struct Source {
    /// Its own page.
    back: String,
    /// What was told, in words.
    told: String,
    /// Whose case it will be.
    person: Option<(PersonId, String)>,
    /// About whom or which place, where nobody registered is known.
    about: String,
    /// What happens to it.
    after: &'static str,
    /// Whether it ends with words that everybody of the center reads.
    ends: bool,
    /// Why no case begins with it any more, and what to do.
    over: Option<&'static str>,
    version: i64,
}

async fn name_of(
    asked: &Asked,
    person: Option<PersonId>,
) -> Result<Option<(PersonId, String)>, Stop> {
    let Some(person) = person else {
        return Ok(None);
    };
    people::admit(asked, person).await?;
    let mut conn = asked.read().await?;
    let identity = people::find_group::<Identity>(&mut conn, &asked.deed, person).await?;
    let identity = identity.ok_or(Problem::NotFound)?;
    Ok(Some((person, identity.value.name.to_string())))
}

/// The notice, after the line of its sight is durable.
async fn notice(asked: &Asked, id: NoticeId) -> Result<Source, Stop> {
    asked.need(Right::Triage)?;
    let notice = notices::find(&mut asked.read().await?, &asked.deed, id).await?;
    let person = name_of(asked, notice.person).await?;
    notices::witness(asked, &notice).await?;
    let told = notices::in_words(&mut asked.read().await?, &asked.deed, &notice).await?;
    let about = [notice.words.place.as_str(), &notice.words.about];
    let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
    Ok(Source {
        back: format!("/notices/{id}"),
        told,
        person,
        about: about.join("　").replace('\n', " "),
        after: "始めると、この気づきは終わります。知らせた方への返事は、気づきの画面からできます。",
        ends: true,
        over: (!notice.state.is_open()).then_some(
            "この気づきはもう終わっています。支援を始めるときは、先に気づきの画面で「終わりを取り消す」を押してください。",
        ),
        version: notice.version,
    })
}

/// The consultation, after the line of its sight is durable.
async fn consultation(asked: &Asked, id: ConsultationId) -> Result<Source, Stop> {
    let one = consultations::enter(asked, id).await?;
    let person = name_of(asked, one.person).await?;
    let called = consultations::called(asked, &one).await?;
    let day = in_japan(one.at).strftime("%-m月%-d日");
    let (way, from) = (one.codes.way.word(), one.codes.from.word());
    Ok(Source {
        back: format!("/consultations/{id}"),
        told: format!("{day}の相談（{way}・{from}から）：{}", one.words.said),
        person,
        about: match one.stranger {
            Some(_) => format!("{called}（登録のない方）"),
            None => String::new(),
        },
        after: match asked.deed.scope.center == Some(one.center) {
            true => "始めると、この相談は「終結」になります。つづきは支援の画面に書いていきます。",
            false => "ほかのセンターが受けた相談です。相談の記録は、そのまま残ります。",
        },
        ends: false,
        over: (one.state == ConsultationState::Struck).then_some(
            "この相談は取り消されています。支援を始めるときは、先に相談の画面で取り消しをもどしてください。",
        ),
        version: one.version,
    })
}

fn blank(source: &Source) -> Typed {
    Typed::default()
        .with("version", source.version.to_string())
        .with("about", &source.about)
        .with("began", &source.told)
        .with("access", Access::Center.code())
}

fn sheet(
    asked: &Asked,
    source: &Source,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let back = Link::new("もどる", &source.back);
    let body = html! {
        (look::problem_summary(problems))
        @if let Some((id, name)) = &source.person { p { a href={ "/people/" (id) } { strong { (name) " さん" } } } }
        @for line in source.told.lines() { p { (line) } }
        @match source.over {
            Some(over) => (look::notice(Tone::Warning, "支援を始められません", html! { p { (over) } p { (look::text_link(back)) } })),
            None => (look::form(&format!("{}/case", source.back), html! {
                (look::hidden("version", typed.get("version")))
                @if source.person.is_none() {
                    (typed.field(("about", "だれの、またはどの場所の支援ですか", "例：みなみ町2丁目の角の家の方。登録者とは、あとから結べます。"), Kind::Long, problems))
                }
                (new::fields(typed, problems))
                @if source.ends {
                    (typed.field(("kept", "気づきに残す言葉（「名前を挙げた職員だけ」にしたとき）",
                        "気づきは「見守りを続ける」として終わり、この言葉をセンターの職員みなが読みます。支援のことは書かないでください。例：お会いできた。月に一度、前を通って見る。"),
                        Kind::Textarea, problems))
                }
                p { (source.after) }
                (look::buttons("支援を始める", Some(back)))
            })),
        }
    };
    asked.page(Place::Cases, "支援を始める", body)
}

/// What the notice is kept with.
const MOST_KEPT: usize = 200;

/// What was typed, or the form again.
fn read(
    asked: &Asked,
    source: &Source,
    typed: &Typed,
) -> Result<((Body, Access), String), Problem> {
    let mut problems = Problems::default();
    let new = new::read(typed, &mut problems);
    let kept = match (source.ends, new.1) {
        (true, Access::Named) => {
            let ask = "気づきに残す言葉を書いてください。センターの職員みなが読むので、支援のことは書きません。";
            typed.must("kept", MOST_KEPT, ask, &mut problems)
        }
        _ => String::new(),
    };
    if source.person.is_none() && new.0.about.is_empty() && problems.of("about").is_none() {
        problems.add("about", "だれの、またはどの場所の支援かを入れてください。");
    }
    match problems.is_empty() && source.over.is_none() {
        true => Ok((new, kept)),
        false => Err(Problem::Refused(sheet(asked, source, typed, &problems)?)),
    }
}

/// The case that began; where somebody saved meanwhile, what was typed above what stands now.
fn answer(
    asked: &Asked,
    source: &Source,
    typed: Typed,
    begun: Result<CaseId, Refusal>,
) -> Result<Response, Stop> {
    match begun {
        Ok(case) => {
            let flash = Flash::done("支援を始めました。担当はあなたです。");
            Ok(asked.redirect(&path(case), flash))
        }
        Err(Refusal::Begun(case)) => {
            let flash = Flash::not_done(
                "ここからの支援は、もう始まっています。つづきは、この支援に書いてください。",
            );
            Ok(asked.redirect(&path(case), flash))
        }
        Err(Refusal::Notice(notices::Refusal::Changed))
        | Err(Refusal::Consultation(consultations::Refusal::Changed)) => {
            let mut problems = Problems::default();
            let words = "開いているあいだに、ほかの職員が先に保存しました。もとの画面でいまのようすを確かめて、よければもう一度「支援を始める」を押してください。";
            problems.add("began", words);
            let typed = typed.anew("version", source.version.to_string());
            Err(Problem::Changed(sheet(asked, source, &typed, &problems)?).into())
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// With what a case is to begin.
#[derive(Clone, Copy)]
enum From {
    Notice(NoticeId),
    Consultation(ConsultationId),
}

async fn read_source(asked: &Asked, from: From) -> Result<Source, Stop> {
    match from {
        From::Notice(id) => notice(asked, id).await,
        From::Consultation(id) => consultation(asked, id).await,
    }
}

async fn form(asked: &Asked, from: From) -> Result<Markup, Stop> {
    let source = read_source(asked, from).await?;
    let typed = blank(&source);
    Ok(sheet(asked, &source, &typed, &Problems::default())?)
}

async fn save(asked: &Asked, from: From, typed: Typed) -> Result<Response, Stop> {
    let source = read_source(asked, from).await?;
    let (new, kept) = read(asked, &source, &typed)?;
    let (db, deed, version) = (asked.db(), &asked.deed, typed.version());
    let begun = match from {
        From::Notice(id) => acts::open_from_notice(db, deed, (id, version), new, kept).await,
        From::Consultation(id) => acts::open_from_consultation(db, deed, (id, version), new).await,
    };
    answer(asked, &source, typed, begun)
}

/// The form of a case out of a notice.
pub async fn from_notice(asked: Asked, Path(id): Path<NoticeId>) -> Result<Markup, Stop> {
    form(&asked, From::Notice(id)).await
}

/// It begins, and the notice has ended.
pub async fn save_notice(
    asked: Asked,
    Path(id): Path<NoticeId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    save(&asked, From::Notice(id), typed).await
}

/// The form of a case out of a consultation.
pub async fn from_consultation(
    asked: Asked,
    Path(id): Path<ConsultationId>,
) -> Result<Markup, Stop> {
    form(&asked, From::Consultation(id)).await
}

/// It begins, and the consultation is finished.
pub async fn save_consultation(
    asked: Asked,
    Path(id): Path<ConsultationId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    save(&asked, From::Consultation(id), typed).await
}

/// The cases that came of a notice, as far as whoever asks may see them.
pub async fn of_notice(asked: &Asked, id: NoticeId) -> Result<Markup, Problem> {
    led_to(asked, Origin::notice(id)).await
}

/// The same of a consultation.
pub async fn of_consultation(asked: &Asked, id: ConsultationId) -> Result<Markup, Problem> {
    led_to(asked, Origin::consultation(id)).await
}

async fn led_to(asked: &Asked, origin: Origin) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let cases = store::list_for_origin(&mut conn, &asked.deed, origin).await?;
    Ok(html! {
        @if !cases.is_empty() { (look::section(&format!("この{}から始まった支援", origin.kind.word()), html! {
            ul { @for case in &cases { li { a href=(path(case.id)) { (case.name()) } "（" (case.state.word()) "）" } } }
        })) }
    })
}

/// A link to what the case came from, where whoever asks may see that.
pub async fn came_from(asked: &Asked, case: &Case) -> Result<Markup, Problem> {
    let Some(origin) = case.body.origin else {
        return Ok(html! {});
    };
    let mut conn = asked.read().await?;
    let (deed, id) = (&asked.deed, origin.id.0);
    let found = match origin.kind {
        OriginKind::Notice => match notices::find(&mut conn, deed, NoticeId(id)).await {
            Ok(notice) => Some((format!("/notices/{}", notice.id), notice.received_at)),
            Err(notices::Refusal::NotFound) => None,
            Err(refusal) => return Err(refusal.into()),
        },
        OriginKind::Consultation => {
            match consultations::find(&mut conn, deed, ConsultationId(id)).await {
                Ok(one) => Some((format!("/consultations/{}", one.id), one.at)),
                Err(consultations::Refusal::NotFound) => None,
                Err(refusal) => return Err(refusal.into()),
            }
        }
    };
    Ok(html! {
        @if let Some((href, at)) = found { (look::section("この支援のはじまり", html! {
            p { a href=(href) { (in_japan(at).strftime("%-m月%-d日").to_string()) "の" (origin.kind.word()) } }
        })) }
    })
}
