//! A month between the Station and the shops: given, handed in, open.

use std::collections::{BTreeSet, HashMap};

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::Response;
use db::Conn;
use maud::{Markup, html};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use serde::Deserialize;

use super::{form_id, new, said, settled, told, way_back, yen};
use crate::audit::{self, Fields, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Head, Kind, Link, Problems, Weight, pager};
use crate::front::{Asked, Flash, Problem, download};
use crate::ids::{PersonId, RowId, SupporterId};
use crate::networks;
use crate::people::said::day;
use crate::station::courses::{Month, Side, Typed, sided, text};
use crate::station::supporters;
use crate::station::vouchers::rules::{Line, Report, report};
use crate::station::vouchers::{acts, store};

const PATH: &str = "/station/vouchers";

/// `?m=2026-11`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Part {
    m: String,
}

/// A month with the names that stand in it.
struct Stand {
    month: Month,
    lines: Vec<Line>,
    report: Report,
    shops: Vec<(RowId, String)>,
    people: HashMap<SupporterId, String>,
    /// Whoever of them is registered reads that they were seen here.
    registered: BTreeSet<PersonId>,
}

impl Stand {
    async fn of(conn: &mut Conn, asked: &Asked, code: &str) -> Result<Stand, Problem> {
        let deed = &asked.deed;
        let this = Month::of(in_japan(deed.now).date());
        let month = Month::from_code(code).unwrap_or(this);
        let lines = store::list_between(conn, deed, month.first(), month.last()).await?;
        let before = store::open_before(conn, deed, month.first()).await?;
        let shops = networks::list_organisations(conn, &deed.scope).await?;
        let people = supporters::list(conn, deed).await?;
        let given = |id| lines.iter().any(|line| line.supporter == Some(id));
        let registered = people.iter().filter(|one| given(one.id));
        let registered = registered.filter_map(|one| one.person).collect();
        Ok(Stand {
            month,
            report: report(before, &lines),
            registered,
            lines,
            shops: shops.into_iter().map(|one| (one.id, one.name)).collect(),
            people: people
                .into_iter()
                .map(|one| (one.id, one.details.name))
                .collect(),
        })
    }

    fn shop(&self, id: RowId) -> &str {
        let found = self.shops.iter().find(|(shop, _)| *shop == id);
        found.map_or("", |(_, name)| name)
    }

    fn whose(&self, line: &Line) -> &str {
        let name = line.supporter.and_then(|id| self.people.get(&id));
        match (name, line.shop) {
            (Some(name), _) => name,
            (None, Some(shop)) => self.shop(shop),
            (None, None) => "消去した方",
        }
    }
}

async fn witness(asked: &Asked, stand: &Stand, verb: Verb) -> Result<(), Problem> {
    let words = format!(
        "商店街の券のまとめ（{}、{}行）",
        stand.month.words(),
        stand.lines.len()
    );
    let all = stand
        .registered
        .iter()
        .map(|person| Some(*person))
        .chain([None]);
    let line = |whose| audit::Line::new(verb, whose, Fields::NOTHING).saying(words.clone());
    let lines: Vec<audit::Line> = all.map(line).collect();
    Ok(audit::witness_all(asked.db(), &asked.deed, lines).await?)
}

/// The month.
pub async fn page(asked: Asked, Query(part): Query<Part>) -> Result<Markup, Problem> {
    let stand = Stand::of(&mut asked.read().await?, &asked, &part.m).await?;
    witness(&asked, &stand, Verb::Saw).await?;
    shown(&asked, &stand, &Typed::default(), &Problems::default())
}

fn shown(
    asked: &Asked,
    stand: &Stand,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let month = stand.month;
    let href = |month: Month| format!("{PATH}?m={}", month.code());
    let (before, after) = (href(month.before()), href(month.next()));
    let body = html! {
        (look::problem_summary(problems))
        (pager(&look::Pager { shown: &month.words(), before: Some(&before), after: Some(&after) }))
        (sums(stand))
        (look::form("/station/vouchers/file", html! {
            (look::hidden("m", &month.code()))
            div.buttons {
                button.button.secondary type="submit" { "Excelで受け取る" }
                button.button.secondary type="submit" formaction="/papers/vouchers" { "署名をもらう受け取り簿を印刷する（PDF）" }
            }
        }))
        (look::section("お店から戻った券を書く", handing(asked, stand, typed, problems)))
        @if !stand.lines.is_empty() { (look::section("この月の記録", html! { (table(stand)) (asked.export(&format!("vouchers&month={}", month.code()))) })) }
        p { "券を渡すときは、サポーターのページの「商店街の券」から書きます。" }
        p { (look::text_link(Link::new("商店街の券のきまり", "/station/vouchers/rules"))) }
    };
    sided(
        asked,
        Side::Supporters,
        &format!("{}の商店街の券", month.words()),
        body,
    )
}

fn sums(stand: &Stand) -> Markup {
    let Report {
        before,
        given,
        shops,
        after,
    } = &stand.report;
    let head = [Head::new("内容"), Head::figures("円")];
    let row = |words: String, yen: i64| vec![html! { (words) }, html! { (yen) }];
    let mut rows = vec![
        row("前の月までに渡して、まだ戻っていない".to_owned(), *before),
        row("この月に渡した".to_owned(), *given),
    ];
    rows.extend(
        shops
            .iter()
            .map(|one| row(format!("戻った：{}", stand.shop(one.shop)), one.handed_in)),
    );
    rows.push(row("戻った（合計）".to_owned(), stand.report.handed_in()));
    rows.push(row("月の終わりに、まだ戻っていない".to_owned(), *after));
    look::table("券のまとめ", &head, &rows)
}

fn handing(asked: &Asked, stand: &Stand, typed: &Typed, problems: &Problems) -> Markup {
    let today = in_japan(asked.deed.now).date().to_string();
    let on = match typed.of("day") {
        "" => today.as_str(),
        day => day,
    };
    let ids: Vec<(String, &str)> = stand
        .shops
        .iter()
        .map(|(id, name)| (id.to_string(), name.as_str()))
        .collect();
    let shops: Vec<Choice<'_>> = ids.iter().map(|(id, name)| Choice::new(id, name)).collect();
    let field = |name, label| text(typed, problems, name, label);
    html! {
        @if shops.is_empty() { p { "お店は、町の管理者が「関係機関の一覧」に登録します。" } }
        (look::form(PATH, html! {
            (look::hidden("form", &form_id(asked, typed)))
            (look::hidden("m", &stand.month.code()))
            (look::select(&field("shop", "お店"), &shops))
            (look::field(&Field { kind: Kind::Short, value: on, ..field("day", "戻った日") }))
            (look::field(&Field { kind: Kind::Number, ..field("amount", "額（円）") }))
            (look::button(Weight::Primary, "戻った", "do", "hand-in"))
        }))
    }
}

fn table(stand: &Stand) -> Markup {
    let head = ["日", "だれに・どのお店", "内容", "額", ""].map(Head::new);
    let rows: Vec<Vec<Markup>> = stand
        .lines
        .iter()
        .map(|line| {
            vec![
                html! { (day(line.day)) },
                html! { (stand.whose(line)) },
                said(line),
                html! { (yen(line)) },
                way_back(line, &stand.lines),
            ]
        })
        .collect();
    look::table("この月の券の記録", &head, &rows)
}

/// A shop hands in what it was paid with.
pub async fn hand_in(
    asked: Asked,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let shop: Option<RowId> = typed.of("shop").parse().ok();
    if shop.is_none() {
        problems.add("shop", "お店を選んでください。");
    }
    if let (Some(new), Some(shop)) = (new(&typed, &mut problems), shop) {
        let to = format!("{PATH}?m={}", Month::of(new.day).code());
        let done = acts::hand_in(asked.db(), &asked.deed, shop, new).await;
        if let Some(page) = settled(&asked, &to, done, &mut problems)? {
            return Ok(page);
        }
    }
    let stand = Stand::of(&mut asked.read().await?, &asked, typed.of("m")).await?;
    witness(&asked, &stand, Verb::Saw).await?;
    Err(Problem::Refused(shown(&asked, &stand, &typed, &problems)?))
}

/// A line that is to be taken back.
pub async fn line(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Problem> {
    ask_why(&asked, id, &Typed::default(), &Problems::default()).await
}

async fn ask_why(
    asked: &Asked,
    id: RowId,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let line = store::find(&mut asked.read().await?, &asked.deed, id).await?;
    let words = format!("商店街の券の記録（{id}）");
    let seen = audit::Line::new(Verb::Saw, None, Fields::NOTHING).saying(words);
    audit::witness(asked.db(), &asked.deed, seen).await?;
    let reason = Field {
        kind: Kind::Long,
        required: true,
        hint: "例：額を書きまちがえた",
        ..text(typed, problems, "reason", "取り消す理由")
    };
    let back = format!("{PATH}?m={}", Month::of(line.day).code());
    let body = html! {
        (look::problem_summary(problems))
        p { (day(line.day)) "　" (said(&line)) "　" (yen(&line)) }
        p { "記録は消えず、取り消した記録が加わります。" }
        (look::form(&format!("{PATH}/lines/{id}"), html! {
            (look::field(&reason))
            (look::buttons("取り消す", Some(Link::new("やめる", &back))))
        }))
    };
    sided(asked, Side::Supporters, "券の記録を取り消す", body)
}

/// Takes it back.
pub async fn undo(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (typed, mut problems) = (Typed(sent), Problems::default());
    match acts::undo(asked.db(), &asked.deed, id, typed.of("reason")).await {
        Ok(()) => Ok(asked.redirect(PATH, Flash::done("取り消しました。"))),
        Err(refusal) => match told(&refusal) {
            Some((field, words)) => {
                problems.add(field, words);
                Err(Problem::Refused(
                    ask_why(&asked, id, &typed, &problems).await?,
                ))
            }
            None => Err(refusal.into()),
        },
    }
}

/// The month as a workbook.
pub async fn file(asked: Asked, Form(part): Form<Part>) -> Result<Response, Problem> {
    let stand = Stand::of(&mut asked.read().await?, &asked, &part.m).await?;
    witness(&asked, &stand, Verb::Exported).await?;
    let book = workbook(&stand).map_err(|error| Problem::Broken(error.into()))?;
    let name = format!("vouchers-{}.xlsx", stand.month.code());
    Ok(download(&name, book))
}

fn workbook(stand: &Stand) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let page = book.add_worksheet();
    page.set_column_width(0, 34)?;
    let title = format!("{}の商店街の券", stand.month.words());
    page.write_string_with_format(0, 0, title, &bold)?;
    let mut sums = vec![
        (
            "前の月までに渡して、まだ戻っていない".to_owned(),
            stand.report.before,
        ),
        ("この月に渡した".to_owned(), stand.report.given),
    ];
    let shops = stand.report.shops.iter();
    sums.extend(shops.map(|one| (format!("戻った：{}", stand.shop(one.shop)), one.handed_in)));
    sums.push(("戻った（合計）".to_owned(), stand.report.handed_in()));
    sums.push((
        "月の終わりに、まだ戻っていない".to_owned(),
        stand.report.after,
    ));
    let mut at = 2;
    for (words, yen) in sums {
        page.write_string(at, 0, words)?;
        page.write_number(at, 1, yen as f64)?;
        at += 1;
    }
    at += 1;
    for (column, name) in (0..).zip(["日", "だれに・どのお店", "内容", "講座", "役割", "円"])
    {
        page.write_string_with_format(at, column, name, &bold)?;
    }
    for line in &stand.lines {
        at += 1;
        let role = line.role.map_or("", |role| role.word());
        let sign = if line.kind == super::Kind::Undone {
            -1.0
        } else {
            1.0
        };
        let day = line.day.to_string();
        let cells = [
            day.as_str(),
            stand.whose(line),
            line.kind.word(),
            line.course.as_str(),
            role,
        ];
        for (column, words) in (0..).zip(cells) {
            page.write_string(at, column, words)?;
        }
        page.write_number(at, 5, sign * f64::from(line.amount))?;
    }
    book.save_to_buffer()
}
