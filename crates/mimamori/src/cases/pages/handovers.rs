//! Offers of other centers, and one's own that wait.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::parts::{moment, paragraphs, who};
use super::typed::Typed;
use super::{back, path, row_of, told};
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::cases::acts;
use crate::cases::rules::{Handover, HandoverState, Refusal};
use crate::cases::store;
use crate::front::look::{self, Head, Kind, Link, Problems, Weight};
use crate::front::{Asked, Flash, Place, Problem};
use crate::people::Names;

const MOST: usize = 1_000;

/// What came in, and what was sent and not taken.
pub async fn list(asked: Asked) -> Result<Markup, Problem> {
    let center = asked.deed.scope.center.ok_or(Problem::Forbidden)?;
    let mut conn = asked.read().await?;
    let incoming = acts::list_incoming(&mut conn, &asked.deed, center).await?;
    let mut outgoing = Vec::new();
    for one in store::list_outgoing(&mut conn, &asked.deed, center).await? {
        // Whoever may not see the case does not learn that it was offered.
        if let Ok(case) = store::find(&mut conn, &asked.deed, one.case).await {
            outgoing.push((one, case));
        }
    }
    let names = Names::read(&mut conn, &asked.deed).await?;
    drop(conn);
    let sight =
        |one: &Handover| Line::new(Verb::Saw, None, Fields::IDENTITY).because(Why::Case(one.case));
    let sights: Vec<Line> = incoming.iter().map(sight).collect();
    audit::witness_all(asked.db(), &asked.deed, sights).await?;
    let head = ["どなた", "どこから", "いつから", "急ぎかた"].map(Head::new);
    let rows: Vec<Vec<Markup>> = incoming
        .iter()
        .map(|one| {
            vec![
                html! { a href={ "/handovers/" (one.id) } { (one.told.who) } },
                html! { (names.center(Some(one.from_center))) },
                html! { (moment(one.made_at)) },
                html! { (one.told.urgency.word()) },
            ]
        })
        .collect();
    let body = html! {
        p { (look::text_link(Link::new("支援の一覧", "/cases"))) }
        (look::section("引き継ぎの申し出（届いたもの）", html! {
            @if rows.is_empty() { p { "いまはありません。" } } @else { (look::table("届いた申し出", &head, &rows)) }
        }))
        (look::section("申し出たもの", html! {
            @if outgoing.is_empty() { p { "返事を待っているものはありません。" } }
            ul { @for (one, case) in &outgoing { li {
                a href={ (path(case.id)) "/sharing" } { (case.name()) } "　" (names.center(one.to_center)) "　" (one.state.word())
                @if one.state == HandoverState::Declined { "：" (one.told.answer) }
            } } }
        }))
    };
    asked.page(Place::Cases, "引き継ぎ", body)
}

/// What a receiver may read before they answer.
pub async fn page(asked: Asked, Path(handover): Path<String>) -> Result<Markup, Problem> {
    sheet(&asked, &handover, &Typed::default(), &Problems::default()).await
}

async fn sheet(
    asked: &Asked,
    handover: &str,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let id = row_of(handover)?;
    let mut conn = asked.read().await?;
    let one = acts::find_incoming(&mut conn, &asked.deed, id).await?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    drop(conn);
    let line = Line::new(Verb::Saw, None, Fields::IDENTITY).because(Why::Case(one.case));
    audit::witness(asked.db(), &asked.deed, line).await?;
    let told = &one.told;
    let why = told.why.map_or("", |why| why.word());
    let sender = format!(
        "{}　{}",
        names.center(Some(one.from_center)),
        who(&names, one.made_by)
    );
    let body = html! {
        (look::problem_summary(problems))
        (look::record(&[
            look::Entry::new("どなた", html! { strong { (told.who) } }),
            look::Entry::new("年齢", html! { (told.ages) }),
            look::Entry::new("どこから", html! { (sender) "（" (moment(one.made_at)) "）" }),
            look::Entry::new("どうして", html! { (why) }),
            look::Entry::new("急ぎかた", html! { (told.urgency.word()) }),
            look::Entry::new("ご本人の望むこと", paragraphs(&told.aims)),
            look::Entry::new("申し出たセンターの言葉", paragraphs(&told.words)),
        ]))
        @if one.overridden { p { "同意のないままの引き継ぎです。理由：" (told.overridden) } }
        p { "くわしい記録は、引き受けると見られます。引き受けた方が担当になります（あとで変えられます）。" }
        (look::act(Weight::Primary, "引き受ける", "", &format!("/handovers/{id}/acceptance"), &[]))
        (look::section("お断りする", look::form(&format!("/handovers/{id}/refusal"), html! {
            (typed.field(("why", "お断りする理由", "申し出たセンターに伝わります。"), Kind::Textarea, problems))
            (look::buttons("お断りする", Some(Link::new("一覧にもどる", "/handovers"))))
        })))
    };
    asked.page(Place::Cases, "引き継ぎの申し出", body)
}

/// Takes it.
pub async fn accept(asked: Asked, Path(handover): Path<String>) -> Result<Response, Problem> {
    let id = row_of(&handover)?;
    match acts::accept(asked.db(), &asked.deed, id).await {
        Ok(case) => {
            let flash = Flash::done("引き受けました。担当はあなたです。");
            Ok(asked.redirect(&path(case), flash))
        }
        Err(refusal) => back_to_list(&asked, refusal),
    }
}

fn back_to_list(asked: &Asked, refusal: Refusal) -> Result<Response, Problem> {
    match told(&refusal) {
        Some(words) => Ok(asked.redirect("/handovers", Flash::not_done(words))),
        None => Err(refusal.into()),
    }
}

/// Does not take it.
pub async fn decline(
    asked: Asked,
    Path(handover): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let id = row_of(&handover)?;
    let mut problems = Problems::default();
    let ask = "申し出たセンターが次を考えられるように、理由を書いてください。";
    let why = typed.must("why", MOST, ask, &mut problems);
    if !problems.is_empty() {
        let page = sheet(&asked, &handover, &typed, &problems).await?;
        return Err(Problem::Refused(page));
    }
    match acts::decline(asked.db(), &asked.deed, id, why).await {
        Ok(()) => Ok(asked.redirect("/handovers", Flash::done("お断りしました。"))),
        Err(refusal) => back_to_list(&asked, refusal),
    }
}

/// The sender takes it back.
pub async fn call_back(
    asked: Asked,
    Path(handover): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let id = row_of(&handover)?;
    let case = of_case(&asked, id).await?;
    let done = acts::call_back(asked.db(), &asked.deed, id, typed.version()).await;
    let to = format!("{}/sharing", path(case));
    back(&asked, &to, done.map(|_| "申し出を取り下げました。"))
}

/// What an organisation answered.
pub async fn answer(
    asked: Asked,
    Path(handover): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let id = row_of(&handover)?;
    let case = of_case(&asked, id).await?;
    let mut problems = Problems::default();
    let ask = "どのような返事だったかを書いてください。";
    let words = typed.must(&format!("answer_{id}"), MOST, ask, &mut problems);
    if !problems.is_empty() {
        return Err(super::sharing::refused(&asked, case, &typed, &problems).await);
    }
    let upon = (id, typed.version());
    let done = acts::answer(asked.db(), &asked.deed, upon, words).await;
    let to = format!("{}/sharing", path(case));
    back(&asked, &to, done.map(|_| "返事を記録しました。"))
}

/// The case of a hand-over that its sender may see.
async fn of_case(asked: &Asked, id: crate::ids::RowId) -> Result<crate::ids::CaseId, Problem> {
    let mut conn = asked.read().await?;
    let one = store::find_handover(&mut conn, &asked.deed, id).await?;
    Ok(store::find(&mut conn, &asked.deed, one.case).await?.id)
}
