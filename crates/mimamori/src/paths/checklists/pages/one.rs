//! One checklist: what was answered, what it comes to, and what can be done with it.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::list::last_years;
use super::{checklist_of, on, path, said};
use crate::audit::Fields;
use crate::front::look::{
    self, Entry, Head, Link, Tone, Weight, chip, notice, record, section, table,
};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::RowId;
use crate::paths::checklists::rules::{
    Checklist, Sheet, State, Turn, band, judged, scores, turn, turned_worse, verdict,
};
use crate::paths::checklists::{acts, store};
use crate::paths::pages::{admit, enter};
use crate::people::{DeskView, Stop};

/// The checklist with whom it is about, after the line of the sight is durable.
pub async fn open(asked: &Asked, id: RowId) -> Result<(Checklist, DeskView), Stop> {
    let found = store::find(&mut asked.read().await?, &asked.deed, id).await?;
    let view = enter(asked, found.person, Fields::CARE).await?;
    // Read anew behind the line: a tablet may have answered since.
    let one = store::find(&mut asked.read().await?, &asked.deed, id).await?;
    Ok((one, view))
}

/// What it comes to.
pub async fn page(asked: Asked, Path(id): Path<String>) -> Result<Markup, Stop> {
    let (one, view) = open(&asked, checklist_of(&id)?).await?;
    let all = store::list_for_person(&mut asked.read().await?, &asked.deed, one.person).await?;
    let years = last_years(one.sheet, &all);
    let at = years.iter().position(|of| of.id == one.id);
    let before = at.and_then(|at| at.checked_sub(1)).map(|at| years[at]);
    let main = html! {
        p { strong { (view.identity.value.name) " さん" } }
        @if one.state == State::Void {
            (notice(Tone::Warning, "取り消された回答です", html! { p { "集計にも、年ごとの変化にも入りません。" } }))
        }
        @match one.sheet {
            Sheet::Kihon => (kihon(&one)),
            Sheet::Kouki => (kouki(&one, before)),
        }
        (section("答え", answers(&one, before)))
    };
    let body = look::sheet(main, side(&one, asked.deed.now));
    Ok(asked.page(Place::People, one.sheet.word(), body)?)
}

fn kihon(one: &Checklist) -> Markup {
    let (tone, title, words) = said::verdict(&verdict(&one.answers));
    let head = [Head::new("基準"), Head::new("点"), Head::new("判定")];
    let criteria: Vec<Vec<Markup>> = judged(&one.answers)
        .iter()
        .map(|(criterion, score, judged)| {
            let (tone, word) = said::judged(judged);
            vec![
                html! { (criterion.mark) " " (criterion.word) },
                html! { (said::score(score)) },
                chip(tone, &word),
            ]
        })
        .collect();
    let parts: Vec<Vec<Markup>> = scores(&one.answers)
        .iter()
        .map(|(domain, score)| {
            let (first, last) = domain.span;
            vec![
                html! { (domain.word) "（" (first) "～" (last) "）" },
                html! { (said::score(score)) },
            ]
        })
        .collect();
    let (sum, of) = band(&one.answers);
    html! {
        (notice(tone, title, html! {
            p { (words) }
            @if one.answers.weight(Sheet::Kihon, 17) == Some(1) {
                p { "17番（外出の回数が減った）にも該当しています。基準には数えませんが、閉じこもりに注意します。" }
            }
        }))
        (section("事業対象者の基準", html! {
            (table("基準ごとの判定", &head, &criteria))
            p { small { "厚生労働省の基準（平成27年厚生労働省告示第197号、基本チェックリスト様式）によります。該当が少ないことを理由に、サービスが使えないと決まるわけではありません。" } }
        }))
        (section("分野ごとの点", html! {
            (table("分野ごとの点", &[Head::new("分野"), Head::new("点")], &parts))
            p { "25問の合計：" (said::score(&sum)) "　"
                @match of {
                    Some(band) => (chip(Tone::Plain, band.word())),
                    None => "未回答によって変わるため、目安は出せません。",
                }
            }
            p { small { "合計の目安は研究で使われる区切り（Satake ら, 2016）で、国の判定ではありません。" } }
        }))
    }
}

fn kouki(one: &Checklist, before: Option<&Checklist>) -> Markup {
    let worse = before.map(|before| turned_worse(one.sheet, &before.answers, &one.answers));
    html! {
        (notice(Tone::Notice, "合計点や判定はありません", html! {
            p { "この質問票には、国が定めた合計点も基準もありません。下の「気になる答え」は、質問の向きから付けた目印です。お話を聞くきっかけにしてください。" }
            p { small { "研究では、このうち12問のうち4問以上でフレイルが疑われるという報告がありますが、どの12問かを確かめられていないため、このシステムでは計算しません。" } }
        }))
        @if let Some(worse) = worse.filter(|worse| !worse.is_empty()) {
            (notice(Tone::Warning, "前回より悪くなった答えがあります", html! { p { (said::numbers(&worse)) } }))
        }
    }
}

fn answers(one: &Checklist, before: Option<&Checklist>) -> Markup {
    let head = ["質問", "答え", "目印"].map(Head::new);
    let rows: Vec<Vec<Markup>> = one
        .sheet
        .questions()
        .iter()
        .map(|question| {
            let weight = one.answers.weight(one.sheet, question.number);
            let turned = before.map_or(Turn::Same, |before| {
                turn(one.sheet, &before.answers, &one.answers, question.number)
            });
            vec![
                html! { (question.number) ". " (question.text) },
                html! { (said::answer(&one.answers, question)) },
                html! {
                    @match weight {
                        None => (chip(Tone::Notice, "未回答")),
                        Some(0) => "—",
                        Some(_) => (chip(Tone::Warning, said::mark(one.sheet))),
                    }
                    @if matches!(turned, Turn::Worse | Turn::Better) { " " (turned.word()) }
                },
            ]
        })
        .collect();
    table("質問ごとの答え", &head, &rows)
}

fn side(one: &Checklist, now: jiff::Timestamp) -> Markup {
    let (id, version) = (one.id, one.version.to_string());
    let until = one.link_until.map_or(String::new(), |at| at.to_string());
    let facts = [
        Entry::new("日付", html! { (said::day(one.on)) }),
        Entry::new("答え方", html! { (one.way.word()) }),
        Entry::new(
            "状態",
            html! { (one.state.word()) " " (said::answered(one)) },
        ),
    ];
    let edit = format!("/checklists/{id}/answers");
    html! {
        (section("この回答", record(&facts)))
        @if one.state != State::Void {
            (section("答える・直す", html! {
                p { (look::button_link(Weight::Secondary, Link::new("この画面で入力する", &edit))) }
                @if one.may_answer(now).is_ok() {
                    p { "いま、タブレットで回答できる状態です。" }
                    (look::act(Weight::Secondary, "タブレットのリンクを止める", "", &format!("/checklists/{id}/withdrawal"), &[("until", &until)]))
                } @else {
                    (look::act(Weight::Secondary, "タブレットをわたす", "", &format!("/checklists/{id}/handing"), &[("version", &version)]))
                }
            }))
            (section("印刷", html! {
                (look::act(Weight::Secondary, "用紙の形で開く（PDF）", "", &format!("/papers/checklists/{id}"), &[]))
            }))
            (section("まちがえたとき", html! {
                p { "ちがう方の回答だったときは、取り消します。記録は残り、集計からは外れます。" }
                (look::act(Weight::Quiet, "この回答を取り消す", "", &format!("/checklists/{id}/voiding"), &[("version", &version)]))
            }))
        }
        p { (look::text_link(Link::new("この方のチェックリストの一覧", &path(one.person)))) }
    }
}

/// The version that was shown.
#[derive(Deserialize)]
pub struct Shown {
    #[serde(default)]
    pub version: i64,
}

/// Takes a slip back.
pub async fn put_void(
    asked: Asked,
    Path(id): Path<String>,
    Form(shown): Form<Shown>,
) -> Result<Response, Stop> {
    let id = checklist_of(&id)?;
    let found = store::find(&mut asked.read().await?, &asked.deed, id).await?;
    admit(&asked, found.person).await?;
    let done = acts::put_void(asked.db(), &asked.deed, id, shown.version).await;
    let flash = done.map(|_| Flash::done("回答を取り消しました。"));
    on(&asked, &format!("/checklists/{id}"), flash)
}

/// 404 for what another center holds, before anything is read of it.
pub(super) async fn admitted(asked: &Asked, id: &str) -> Result<Checklist, Stop> {
    let found = store::find(&mut asked.read().await?, &asked.deed, checklist_of(id)?).await;
    let one = found.map_err(Problem::from)?;
    admit(asked, one.person).await?;
    Ok(one)
}
